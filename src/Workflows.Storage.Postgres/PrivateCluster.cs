using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Workflows.Storage.Postgres;

/// <summary>
/// A PostgreSQL cluster of one's own in a temporary folder, reached through a Unix socket only: for tests and for
/// <c>--store postgres</c> without a connection string. Disposing it stops the server and deletes the folder.
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _bin;
    private readonly string _folder;
    private readonly bool _asRoot;

    private PrivateCluster(string bin, string folder, bool asRoot)
    {
        _bin = bin;
        _folder = folder;
        _asRoot = asRoot;
    }

    /// <summary>Whether PostgreSQL's server programs are installed here.</summary>
    public static bool IsInstalled => FindPrograms() is not null;

    /// <summary>Makes and starts a cluster.</summary>
    /// <param name="durable">Whether commits are flushed to disk; off is faster and for tests that do not measure.</param>
    /// <param name="counts">Whether the server counts statements by text (extension <c>pg_stat_statements</c>, to be created in the database that is measured).</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start; the message says what it wrote.</exception>
    public static async Task<PrivateCluster> StartAsync(bool durable = true, bool counts = false, CancellationToken cancellationToken = default)
    {
        string bin = FindPrograms() ?? throw new InvalidOperationException("PostgreSQL's server programs are not installed: install Debian's package postgresql, or give a connection string.");
        string folder = Directory.CreateTempSubdirectory("wfpg").FullName;
        var cluster = new PrivateCluster(bin, folder, Environment.UserName == "root");
        try
        {
            if (cluster._asRoot)
                await cluster.RunAsync("chown", ["postgres", folder], asPostgres: false, cancellationToken);
            string data = Path.Combine(folder, "data");
            await cluster.RunAsync(Path.Combine(bin, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "--locale=C", "--encoding=UTF8", "-N"], asPostgres: true, cancellationToken);
            string options = string.Create(CultureInfo.InvariantCulture, $"-c listen_addresses='' -c unix_socket_directories='{folder}' -c max_connections=200 -c shared_buffers=128MB -c fsync={(durable ? "on" : "off")} -c max_wal_size=2GB{(counts ? " -c shared_preload_libraries=pg_stat_statements" : "")}");
            await cluster.RunAsync(Path.Combine(bin, "pg_ctl"), ["-D", data, "-l", Path.Combine(folder, "log"), "-w", "-o", options, "start"], asPostgres: true, cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connection string of a database of this cluster.</summary>
    /// <param name="database">Name of the database; <c>postgres</c> is there from the start.</param>
    public string ConnectionString(string database = "postgres") =>
        new NpgsqlConnectionStringBuilder { Host = _folder, Username = "postgres", Database = database }.ToString();

    /// <summary>Creates a database and returns its connection string.</summary>
    /// <param name="name">Name, lower-case letters, digits and underscores.</param>
    /// <param name="template">Database that it begins as a copy of; null for an empty one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<string> CreateDatabaseAsync(string name, string? template = null, CancellationToken cancellationToken = default)
    {
        if (name.Length is 0 or > 60 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            throw new ArgumentException("A database is named with lower-case letters, digits and underscores.", nameof(name));
        await RunAsync(Path.Combine(_bin, "createdb"), ["-h", _folder, "-U", "postgres", .. template is null ? Array.Empty<string>() : ["-T", template], name], asPostgres: true, cancellationToken);
        return ConnectionString(name);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        string data = Path.Combine(_folder, "data");
        if (File.Exists(Path.Combine(data, "postmaster.pid")))
            await RunAsync(Path.Combine(_bin, "pg_ctl"), ["-D", data, "-m", "immediate", "-w", "stop"], asPostgres: true, CancellationToken.None);
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static string? FindPrograms()
    {
        const string Debian = "/usr/lib/postgresql";
        IEnumerable<string> debian = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(d => int.TryParse(Path.GetFileName(d), out int version) ? version : 0).Select(d => Path.Combine(d, "bin"))
            : [];
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return debian.Concat(path).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
    }

    // The server inherits the standard streams of pg_ctl: they go to a file, or the reader of a pipe would never see its end.
    private async Task RunAsync(string program, string[] arguments, bool asPostgres, CancellationToken cancellationToken)
    {
        string output = Path.Combine(_folder, "out-" + Path.GetFileName(program));
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, WorkingDirectory = "/" };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("out=\"$1\"; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(output);
        if (asPostgres && _asRoot)
        {
            foreach (string word in new[] { "runuser", "-u", "postgres", "--" })
                start.ArgumentList.Add(word);
        }
        start.ArgumentList.Add(program);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        await process.WaitForExitAsync(patience.Token);
        if (process.ExitCode != 0)
        {
            string said = File.Exists(output) ? await File.ReadAllTextAsync(output, cancellationToken) : "";
            throw new InvalidOperationException($"{Path.GetFileName(program)} failed with code {process.ExitCode}: {said.Trim()}");
        }
    }
}
