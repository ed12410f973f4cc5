using System.Diagnostics;
using Workflows.Host.Composition;

namespace Workflows.Host.Papers;

/// <summary>A text could not be printed; the message says why, in Chinese.</summary>
internal sealed class PrintingException : Exception
{
    /// <summary>Creates it.</summary>
    public PrintingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it.</summary>
    public PrintingException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Creates it.</summary>
    public PrintingException()
    {
    }
}

/// <summary>
/// Prints HTML with a headless Chromium of this machine: without script, without network, without files of this machine, bounded in time and size. The profile is thrown away.
/// </summary>
internal sealed class ChromiumPrinter(ServeSettings settings)
{
    /// <summary>Longest PDF, bytes.</summary>
    public const long LongestPdf = 64L << 20;

    private const int LongestError = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>Path of the browser, or null where there is none.</summary>
    public string? Browser { get; } = Find(settings.Chromium);

    /// <summary>The PDF of a text.</summary>
    /// <exception cref="PrintingException">There is no browser, or it did not print within the bounds.</exception>
    public async Task<byte[]> PrintAsync(string html, CancellationToken cancellationToken)
    {
        var browser = Browser ?? throw new PrintingException("本机没有 Chromium。");
        var folder = Directory.CreateTempSubdirectory("workflows-print-");
        try
        {
            var pdf = Path.Combine(folder.FullName, "paper.pdf");
            using var server = new OnePageServer(html);
            await RunAsync(browser, folder.FullName, pdf, server.Port, cancellationToken);
            var file = new FileInfo(pdf);
            if (!file.Exists || file.Length == 0)
                throw new PrintingException("Chromium 没有生成文件。");
            return file.Length <= LongestPdf ? await File.ReadAllBytesAsync(pdf, cancellationToken) : throw new PrintingException($"生成的文件超过 {LongestPdf >> 20} MiB。");
        }
        finally
        {
            Delete(folder);
        }
    }

    private static async Task RunAsync(string browser, string folder, string pdf, int port, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(browser) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in Arguments(folder, pdf, port))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new PrintingException("Chromium 无法启动。");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            // Both pipes are emptied, or a talkative browser would wait for ever.
            var said = process.StandardError.ReadToEndAsync(patience.Token);
            var printed = process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            await printed;
            var error = await said;
            if (process.ExitCode != 0)
                throw new PrintingException($"Chromium 以 {process.ExitCode} 退出：{(error.Length > LongestError ? error[^LongestError..] : error)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PrintingException($"排版超过 {Patience.TotalSeconds:0} 秒。");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static IEnumerable<string> Arguments(string folder, string pdf, int port)
    {
        yield return "--headless";
        yield return "--disable-gpu";
        // The small shared memory of containers ends the browser otherwise.
        yield return "--disable-dev-shm-usage";
        yield return "--disable-background-networking";
        yield return "--disable-extensions";
        yield return "--disable-sync";
        yield return "--no-first-run";
        yield return "--no-pdf-header-footer";
        yield return $"--user-data-dir={Path.Combine(folder, "profile")}";
        yield return $"--proxy-server=http://127.0.0.1:{port}";
        // Without this the browser would reach services of this machine beside the proxy.
        yield return "--proxy-bypass-list=<-loopback>";
        yield return "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1";
        // Chromium refuses its own sandbox to root. What it opens is a page without script; run the service as another user where that is not enough.
        if (Environment.IsPrivilegedProcess && OperatingSystem.IsLinux())
            yield return "--no-sandbox";
        yield return $"--print-to-pdf={pdf}";
        yield return OnePageServer.Page;
    }

    private static string? Find(string? asked)
    {
        if (asked is not null)
            return File.Exists(asked) ? asked : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A process of the browser that is still ending may write once more; the temporary folder is the system's to clean.
        }
    }
}
