using Recourse.Cli;
using Spectre.Console.Cli;

var app = new CommandApp();
app.Configure(c => c.PropagateExceptions().AddBranch("replay", r => r.AddCommand<ReplayOlistCommand>("olist")));
return app.Run(args);
