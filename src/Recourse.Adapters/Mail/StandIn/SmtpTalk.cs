using System.Text;
namespace Recourse.Adapters.Mail.StandIn;

/// <summary>One client's talk with a sink.</summary>
sealed class SmtpTalk(Stream stream, MailSink sink, MailSinkOptions options)
{
    const int LongestLine = 1_000, LargestMail = 1 << 20, MostRecipients = 100;

    readonly BufferedStream _in = new(stream, 8_192);
    readonly List<string> _to = [];
    string? _from;

    public async Task Run(CancellationToken stop)
    {
        await Say("220 sink.example ready", stop);
        while (await ReadLine(stop) is { } line)
            if (!await Hear(line, stop)) return;
    }

    /// <summary>False: the talk is over.</summary>
    async Task<bool> Hear(string line, CancellationToken stop)
    {
        var word = line.Split(' ', 2)[0].ToUpperInvariant();
        switch (word)
        {
            case "EHLO":
                Forget();
                await Say($"250-sink.example\r\n250-SIZE {LargestMail}\r\n250-8BITMIME\r\n250 SMTPUTF8", stop);
                return true;
            case "HELO":
                Forget();
                await Say("250 sink.example", stop);
                return true;
            case "MAIL": await Say(Sender(line), stop); return true;
            case "RCPT": await Say(Recipient(line), stop); return true;
            case "DATA": return await Data(stop);
            case "RSET":
                Forget();
                await Say("250 OK", stop);
                return true;
            case "NOOP": await Say("250 OK", stop); return true;
            case "VRFY": await Say("252 Can't say", stop); return true;
            case "QUIT": await Say("221 Bye", stop); return false;
            default: await Say("500 No such command", stop); return true;
        }
    }

    void Forget()
    {
        _from = null;
        _to.Clear();
    }

    string Sender(string line)
    {
        if (_from is not null) return "503 There is a sender already";
        if (AddressIn(line, "FROM:") is not { } from) return "501 Write MAIL FROM:<address>";
        _from = from;
        return "250 OK";
    }

    string Recipient(string line)
    {
        if (_from is null) return "503 Say the sender first";
        if (AddressIn(line, "TO:") is not { Length: > 0 } to) return "501 Write RCPT TO:<address>";
        if (_to.Count >= MostRecipients) return "452 Too many recipients";
        if (options.Refuses(to)) return "550 5.1.1 No such mailbox here";
        if (sink.Happens(options.BusyPercent)) return "450 4.2.1 Busy, try later";
        _to.Add(to);
        return "250 OK";
    }

    static string? AddressIn(string line, string after)
    {
        var start = line.IndexOf(after, StringComparison.OrdinalIgnoreCase);
        if (start < 0) return null;
        var rest = line[(start + after.Length)..].TrimStart();
        return rest.StartsWith('<') && rest.IndexOf('>', StringComparison.Ordinal) is > 0 and var end
            ? rest[1..end] : null;
    }

    async Task<bool> Data(CancellationToken stop)
    {
        if (_to.Count == 0) { await Say("503 Say the recipients first", stop); return true; }
        await Say("354 End with a line of one dot", stop);
        var data = new MemoryStream();
        while (true)
        {
            if (await ReadLine(stop, keep: true) is not { } line) return false;
            if (line == ".") break;
            data.Write(Encoding.Latin1.GetBytes(line.StartsWith('.') ? line[1..] : line));
            data.Write("\r\n"u8);
            if (data.Length > LargestMail) { await Say("552 Too large", stop); return false; }
        }
        foreach (var to in _to) sink.Keep(_from!, to, data.ToArray());
        Forget();
        // What was taken in and not said to be is what every client must be ready for.
        if (sink.Happens(options.DropsAfterDataPercent)) return false;
        if (sink.Happens(options.SlowPercent)) await Task.Delay(options.SlowFor, stop);
        await Say("250 OK, kept", stop);
        return true;
    }

    async Task Say(string line, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\n"), stop);
        await stream.FlushAsync(stop);
    }

    /// <summary>Bytes as they are: what they mean, the letter itself says.</summary>
    async Task<string?> ReadLine(CancellationToken stop, bool keep = false)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await _in.ReadAsync(one, stop) == 1)
        {
            if (one[0] == '\n')
            {
                if (line is [.., (byte)'\r']) line.RemoveAt(line.Count - 1);
                return Encoding.Latin1.GetString([.. line]);
            }
            line.Add(one[0]);
            if (line.Count > (keep ? LargestMail : LongestLine)) return null;
        }
        return null;
    }
}
