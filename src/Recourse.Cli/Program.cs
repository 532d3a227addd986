using Recourse.Cli;
using Spectre.Console.Cli;

System.Globalization.CultureInfo.DefaultThreadCurrentCulture =
    System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.InvariantCulture;
if (args is ["bench", .. var rest] && rest is not ["-h" or "--help", ..])
    return await Trouble.Told(() => Bench.Run(rest));                       // its options are its own
var app = new CommandApp<DemoCommand>();
app.Configure(Commands.Configure);
return await Trouble.Told(() => app.RunAsync(args));
