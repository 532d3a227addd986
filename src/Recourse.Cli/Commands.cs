using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>Every command, with the words that <c>--help</c> says of it.</summary>
static class Commands
{
    public static void Configure(IConfigurator config)
    {
        config.SetApplicationName("recourse");
        config.SetApplicationVersion(Version);
        config.UseStrictParsing();
        config.PropagateExceptions();
        config.TrimTrailingPeriods(false);
        config.SetApplicationCulture(System.Globalization.CultureInfo.InvariantCulture);
        Running(config);
        Reading(config);
        Keeping(config);
        Measuring(config);
        Histories(config);
        Decisions(config);
    }

    static void Decisions(IConfigurator config)
    {
        config.AddBranch("reasons", reasons =>
        {
            reasons.SetDescription("Decisions and their reasons.");
            reasons.AddCommand<AuditReasonsCommand>("audit")
                .WithDescription("Lists every seller's reason that facts speak against (out of stock with enough on "
                    + "hand, sold dearer soon after, others of the same goods go there, a price within what is normal, "
                    + "a wave of cancellations after a rise), of the store or of a folder with a history. Rows that "
                    + "can't be used are told by their lines on the error stream.")
                .WithExample("reasons", "audit", "DIR", "--json");
            reasons.AddCommand<ReasonsExportCommand>("export")
                .WithDescription("Writes the platform's decisions in the form of the DSA Transparency Database, as "
                    + "JSON for its API or as CSV. Nothing in it is personal.")
                .WithExample("reasons", "export", "--format", "csv", "--from", "2026-03-01", "--out", "march.csv");
        });
        config.AddBranch("checkout", checkout =>
        {
            checkout.SetDescription("Checks of a checkout.");
            checkout.AddCommand<ReplayCheckoutCommand>("replay")
                .WithDescription("Sends the baskets of the Olist history through the checks of a checkout, each by "
                    + "what was known at its instant, and prints what would have been found, against how it ended. "
                    + "Exit code 1 if more than 1 in 200 that ended well would have been blocked.")
                .WithExample("checkout", "replay", "DIR", "--json");
        });
    }

    static void Histories(IConfigurator config)
    {
        config.AddBranch("replay", replay =>
        {
            replay.SetDescription("Lives a history again, as it would have gone here.");
            replay.AddCommand<ReplayOlistCommand>("olist")
                .WithDescription("Lives the Olist history again in a store of its own: what people did is asked at its "
                    + "instant, and the platform acts by its rulebook. Both ends stand side by side.")
                .WithExample("replay", "olist", "DIR", "--data", "./replay");
        });
        config.AddBranch("risk", risk =>
        {
            risk.SetDescription("Screening of purchases.");
            risk.AddCommand<ReplayRiskCommand>("replay")
                .WithDescription("Screens a labelled history of purchases as checkouts would have, and prints month by "
                    + "month what would have been accepted, verified, held and refused, against what turned out.")
                .WithExample("risk", "replay", "DIR", "--json");
            risk.AddCommand<TrainRiskCommand>("train")
                .WithDescription("Learns a model from a labelled history, or from the platform's own outcomes, by what "
                    + "was known at an instant, and writes it into a file. An edition of the rulebook names it by its "
                    + "version.")
                .WithExample("risk", "train", "DIR", "--out", "model.json")
                .WithExample("risk", "train", "--data", "./data", "--out", "model.json");
        });
    }

    /// <summary>As the build says it.</summary>
    public static string Version { get; } = typeof(Commands).Assembly.GetName().Version?.ToString(3) ?? "0";

    static void Running(IConfigurator config)
    {
        config.AddCommand<RunCommand>("run")
            .WithDescription("Starts the platform on a store of your own, with the stand-in payment provider unless "
                + "another is configured. Without any command a demo runs instead: a marketplace that lives.")
            .WithExample("run", "--data", "./data", "--urls", "http://127.0.0.1:5080");
        config.AddCommand<ProviderCommand>("provider")
            .WithDescription("Starts the stand-in payment provider on its own, until it is stopped.")
            .WithExample("provider", "--port", "5090", "--webhook", "http://127.0.0.1:5080/v1/provider/webhooks");
        config.AddCommand<KeyCommand>("key")
            .WithDescription("Makes an access key and prints it: the only time that it is seen. Also while the "
                + "platform runs.")
            .WithExample("key", "--as", "buyer:ana");
        config.AddBranch("import", import =>
        {
            import.SetDescription("Takes over a history as it was.");
            import.AddCommand<ImportOlistCommand>("olist")
                .WithDescription("Takes over the Olist history: every row ends as a fact or as a finding. Said "
                    + "twice, done once.")
                .WithExample("import", "olist", "DIR", "--data", "./data");
            import.AddCommand<ImportRatesCommand>("rates")
                .WithDescription("Takes a file of exchange rates as the European Central Bank or Narodowy Bank Polski "
                    + "publishes it. While the platform runs, bring it by the API instead.")
                .WithExample("import", "rates", "eurofxref-daily.xml", "--data", "./data");
        });
    }

    static void Reading(IConfigurator config)
    {
        config.AddCommand<OrdersCommand>("orders")
            .WithDescription("Lists orders, the newest first.")
            .WithExample("orders", "--state", "funded", "--limit", "20");
        config.AddCommand<WhyCommand>("why")
            .WithDescription("Says why an order ended as it did, to one reader in one language.")
            .WithExample("why", "order/ana/0123456789abc", "--as", "buyer", "--lang", "fr");
        config.AddCommand<LedgerCommand>("ledger")
            .WithDescription("Shows what stands on the accounts, and that it adds up to zero in each currency.")
            .WithExample("ledger", "--account", "escrow");
        config.AddCommand<VerifyCommand>("verify")
            .WithDescription("Derives every balance, state and view anew from the journal, and prints what differs. "
                + "Exit code 1 if anything does.")
            .WithExample("verify", "--data", "./data");
    }

    static void Keeping(IConfigurator config)
    {
        config.AddCommand<EraseCommand>("erase")
            .WithDescription("Erases a person: their key is lost, and with it all that was sealed under it. Also while "
                + "the platform runs.")
            .WithExample("erase", "buyer/ana");
        config.AddCommand<BackupCommand>("backup")
            .WithDescription("Writes a snapshot to FILE and people's keys to FILE.keys. Also while the platform runs. "
                + "Keep the two apart: what is erased later is erased from FILE when FILE.keys is destroyed.")
            .WithExample("backup", "monday.db");
        config.AddCommand<RestoreCommand>("restore")
            .WithDescription("Lays a backup out in a folder and verifies it. Whoever was erased since stays erased.")
            .WithExample("restore", "monday.db", "--keys", "monday.db.keys", "--data", "./data");
    }

    static void Measuring(IConfigurator config)
    {
        config.AddCommand<SimulateCommand>("simulate")
            .WithDescription("Lives made-up worlds in which everything breaks that can, and checks that all holds. "
                + "Exit code 1 if anything doesn't.")
            .WithExample("simulate", "--seeds", "20", "--days", "60");
        config.AddCommand<BenchCommand>("bench")
            .WithDescription("Measures the platform against an echo and against the conventional way; options go "
                + "to the "
                + "measurement.");
    }
}
