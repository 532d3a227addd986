using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
namespace Recourse.Web;

/// <summary>People's accounts as Identity wants to have them.</summary>
sealed partial class PersonStore(Accounts accounts) : IUserPasswordStore<Person>, IUserEmailStore<Person>,
    IUserSecurityStampStore<Person>, IUserLockoutStore<Person>, IUserTwoFactorStore<Person>,
    IUserAuthenticatorKeyStore<Person>, IUserTwoFactorRecoveryCodeStore<Person>, IUserPasskeyStore<Person>
{
    static readonly IdentityResult Changed = IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());

    public Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(accounts.Insert(user) ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityErrorDescriber().DuplicateEmail(user.Mail)));

    public Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(accounts.Update(user) ? IdentityResult.Success : Changed);

    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken)
    {
        accounts.Delete(user.Id);
        return Task.FromResult(IdentityResult.Success);
    }

    public Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(accounts.OfId(userId));

    // People are called by their mail address.
    public Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        Task.FromResult(accounts.OfMail(normalizedUserName));

    public Task<Person?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        Task.FromResult(accounts.OfMail(normalizedEmail));

    public Task<string> GetUserIdAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Person user, CancellationToken cancellationToken) => Said(user.Mail);

    public Task SetUserNameAsync(Person user, string? userName, CancellationToken cancellationToken) =>
        Do(() => user.Mail = userName!);

    public Task<string?> GetNormalizedUserNameAsync(Person user, CancellationToken cancellationToken) =>
        Said(user.MailKey);

    public Task SetNormalizedUserNameAsync(
        Person user, string? normalizedName, CancellationToken cancellationToken) =>
        Do(() => user.MailKey = normalizedName!);

    public Task<string?> GetEmailAsync(Person user, CancellationToken cancellationToken) => Said(user.Mail);

    public Task SetEmailAsync(Person user, string? email, CancellationToken cancellationToken) =>
        Do(() => user.Mail = email!);

    public Task<bool> GetEmailConfirmedAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(user.IsConfirmed);

    public Task SetEmailConfirmedAsync(Person user, bool confirmed, CancellationToken cancellationToken) =>
        Do(() => user.IsConfirmed = confirmed);

    public Task<string?> GetNormalizedEmailAsync(Person user, CancellationToken cancellationToken) =>
        Said(user.MailKey);

    public Task SetNormalizedEmailAsync(Person user, string? normalizedEmail, CancellationToken cancellationToken) =>
        Do(() => user.MailKey = normalizedEmail!);

    public Task SetPasswordHashAsync(Person user, string? passwordHash, CancellationToken cancellationToken) =>
        Do(() => user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(Person user, CancellationToken cancellationToken) =>
        Said(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(Person user, string stamp, CancellationToken cancellationToken) =>
        Do(() => user.Stamp = stamp);

    public Task<string?> GetSecurityStampAsync(Person user, CancellationToken cancellationToken) => Said(user.Stamp);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(user.LockedUntil);

    public Task SetLockoutEndDateAsync(
        Person user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) =>
        Do(() => user.LockedUntil = lockoutEnd);

    public Task<int> IncrementAccessFailedCountAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(++user.Failures);

    public Task ResetAccessFailedCountAsync(Person user, CancellationToken cancellationToken) =>
        Do(() => user.Failures = 0);

    public Task<int> GetAccessFailedCountAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Failures);

    public Task<bool> GetLockoutEnabledAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(true);

    public Task SetLockoutEnabledAsync(Person user, bool enabled, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task SetTwoFactorEnabledAsync(Person user, bool enabled, CancellationToken cancellationToken) =>
        Do(() => user.HasSecondFactor = enabled);

    public Task<bool> GetTwoFactorEnabledAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(user.HasSecondFactor);

    public Task SetAuthenticatorKeyAsync(Person user, string key, CancellationToken cancellationToken) =>
        Do(() => user.AuthenticatorKey = key);

    public Task<string?> GetAuthenticatorKeyAsync(Person user, CancellationToken cancellationToken) =>
        Said(user.AuthenticatorKey);

    public Task ReplaceCodesAsync(
        Person user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        Do(() => user.RecoveryCodes = [.. recoveryCodes.Select(HashOf)]);

    public Task<bool> RedeemCodeAsync(Person user, string code, CancellationToken cancellationToken)
    {
        var without = user.RecoveryCodes.Remove(HashOf(code));
        var was = without.Length < user.RecoveryCodes.Length;
        user.RecoveryCodes = without;
        return Task.FromResult(was);
    }

    public Task<int> CountCodesAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(user.RecoveryCodes.Length);

    public void Dispose() { }

    static string HashOf(string code) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().ToUpperInvariant())));

    static Task<string?> Said(string? text) => Task.FromResult(text);

    static Task Do(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}

/// <summary>Their passkeys.</summary>
sealed partial class PersonStore
{
    sealed record Kept(
        byte[] Id, byte[] PublicKey, DateTimeOffset CreatedAt, uint SignCount, string[]? Transports,
        bool IsUserVerified, bool IsBackupEligible, bool IsBackedUp, byte[] AttestationObject, byte[] ClientDataJson,
        string? Name);

    public Task AddOrUpdatePasskeyAsync(Person user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        Do(() => accounts.PutPasskey(passkey.CredentialId, user.Id, JsonSerializer.Serialize(new Kept(
            passkey.CredentialId, passkey.PublicKey, passkey.CreatedAt, passkey.SignCount, passkey.Transports,
            passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp, passkey.AttestationObject,
            passkey.ClientDataJson, passkey.Name))));

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. accounts.PasskeysOf(user.Id).Select(Read)]);

    public Task<Person?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(accounts.OfPasskey(credentialId));

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(
        Person user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await GetPasskeysAsync(user, cancellationToken)).FirstOrDefault(
            p => p.CredentialId.AsSpan().SequenceEqual(credentialId));

    public Task RemovePasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken) =>
        Do(() => accounts.DropPasskey(credentialId, user.Id));

    /// <summary>A passkey as it was kept.</summary>
    public static UserPasskeyInfo Read(string body)
    {
        var k = JsonSerializer.Deserialize<Kept>(body)!;
        return new(k.Id, k.PublicKey, k.CreatedAt, k.SignCount, k.Transports, k.IsUserVerified, k.IsBackupEligible,
            k.IsBackedUp, k.AttestationObject, k.ClientDataJson) { Name = k.Name };
    }
}
