namespace Workflows.Host.Composition;

/// <summary>What the operator decides from outside, all by environment variables.</summary>
internal sealed record ServeSettings
{
    /// <summary><c>WORKFLOWS_DATA</c>: folder of the database file, keys and generated secrets. Default <c>./data</c>.</summary>
    public required string DataFolder { get; init; }

    /// <summary><c>WORKFLOWS_CONNECTION</c>: connection string; null for a SQLite file in <see cref="DataFolder"/>.</summary>
    public string? Connection { get; init; }

    /// <summary><c>ASPNETCORE_URLS</c>: addresses to listen on. Default <c>http://127.0.0.1:5080</c>.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary><c>WORKFLOWS_ADMIN_PASSWORD</c>: password of the first administrator; null generates one and prints it once.</summary>
    public string? AdministratorPassword { get; init; }

    /// <summary><c>WORKFLOWS_REQUESTS_PER_MINUTE</c>: requests of one signed-in user in a minute. Default 1,200.</summary>
    public int RequestsPerMinute { get; init; } = 1200;

    /// <summary><c>WORKFLOWS_HOME</c>: folder with <c>workflow-definitions/</c>, <c>templates/</c>, <c>calendars/</c> and <c>sample/</c>. Default: the working folder.</summary>
    public required string HomeFolder { get; init; }

    /// <summary>The machine's clock: sign-in, rate limits and signatures follow it even where the district's own clock is moved.</summary>
    public TimeProvider WallClock { get; init; } = TimeProvider.System;

    /// <summary>Reads the settings.</summary>
    /// <param name="read">Gives the value of a variable or null; injected so that tests need no process environment.</param>
    public static ServeSettings FromEnvironment(Func<string, string?> read)
    {
        string? Value(string name) => read(name) is { Length: > 0 } value ? value : null;
        return new ServeSettings
        {
            DataFolder = Path.GetFullPath(Value("WORKFLOWS_DATA") ?? "data"),
            Connection = Value("WORKFLOWS_CONNECTION"),
            Urls = Value("ASPNETCORE_URLS") ?? "http://127.0.0.1:5080",
            AdministratorPassword = Value("WORKFLOWS_ADMIN_PASSWORD"),
        };
    }
}
