using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using IClock = Recourse.Runtime.IClock;
namespace Recourse.Web;

/// <summary>Who people are and what keys there are: services, pages and endpoints.</summary>
public static class AccessRoom
{
    const int FailuresAllowed = 5, HashRounds = 210_000;

    /// <summary>A set-up link must be taken soon; starting again makes a new one.</summary>
    static readonly TimeSpan SetUpLasts = TimeSpan.FromHours(24);

    internal static void Add(IServiceCollection services, HostOptions options, Settings settings)
    {
        services.AddSingleton(s => new AccessKeys(options.DataFolder, s.GetRequiredService<IClock>()));
        services.AddSingleton(s => new Accounts(options.DataFolder, s.GetRequiredService<IClock>()));
        if (options.Mailer is { } mailer) services.AddSingleton(mailer);
        services.AddSingleton<Postbox>().AddHostedService(s => s.GetRequiredService<Postbox>());
        services.AddSingleton<PublicAddress>().AddSingleton<EntranceHall>().AddSingleton<Sessions>();
        AddIdentity(services, settings);
        services.AddScoped<Entrance>().AddScoped<Letters>().AddScoped<Registration>().AddScoped<Passkeys>()
            .AddScoped<Teams>().AddScoped<KeyDesk>().AddScoped<PeopleDesk>().AddScoped<MyAccount>().AddScoped<MyData>();
    }

    static void AddIdentity(IServiceCollection services, Settings settings)
    {
        services.AddAuthenticationCore();
        services.AddIdentityCore<Person>(o =>
        {
            o.User.RequireUniqueEmail = true;
            o.User.AllowedUserNameCharacters = "";
            o.Lockout.MaxFailedAccessAttempts = FailuresAllowed;
            o.Lockout.DefaultLockoutTimeSpan = settings.LockOutLasts;
            // Length is what makes a password hard to guess; signs and digits make it hard to keep.
            o.Password = new()
            {
                RequiredLength = Refused.LeastPassword, RequireDigit = false, RequireLowercase = false,
                RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 1,
            };
        }).AddUserStore<PersonStore>().AddSignInManager().AddDefaultTokenProviders()
            .AddPasswordValidator<UsualPasswords>();
        services.TryAddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>();
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = HashRounds);
        services.Configure<DataProtectionTokenProviderOptions>(o => o.TokenLifespan = settings.LinksLast);
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            o.UserVerificationRequirement = "required";
            o.ResidentKeyRequirement = "required";
        });
    }

    internal static void Map(IEndpointRouteBuilder pages)
    {
        SignIn.Map(pages);
        EntryPages.Map(pages);
        JoinPages.Map(pages);
        MyPages.Map(pages);
        TeamPages.Map(pages);
        KeyPages.Map(pages);
    }

    internal static void MapApi(IEndpointRouteBuilder v1)
    {
        TeamEndpoints.Map(v1);
        PeopleEndpoints.Map(v1);
    }

    /// <summary>Where the first operator of a running platform makes their account; null: there is one.</summary>
    public static string? SetUpLink(IServiceProvider services) => JoinPages.SetUp(
        services.GetRequiredService<Accounts>(), services.GetRequiredService<AccessKeys>(),
        services.GetRequiredService<PublicAddress>(), SetUpLasts);
}
