using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Workflows.EndToEnd.Walkthrough;

/// <summary>The built service as a process of its own, on a free port with a sample district in a folder that is gone afterwards.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    public const string AdministratorPassword = "administrator-of-the-walkthrough";

    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ScriptEndsWithin = TimeSpan.FromMinutes(5);

    private readonly ScratchFolder _scratch = new();
    private readonly Dictionary<string, string?> _environment;
    private Process? _service;

    private ServiceProcess()
    {
        Url = $"http://127.0.0.1:{FreePort()}";
        // The documents say ./run.sh; here it starts what was built with the tests, so that nothing is published anew.
        var launcher = _scratch.Write("run.sh", $"#!/usr/bin/env bash\nexec dotnet '{Program}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _environment = new Dictionary<string, string?>
        {
            ["WORKFLOWS_HOME"] = Repository.Root,
            ["WORKFLOWS_DATA"] = Path.Combine(_scratch.Path, "data"),
            ["WORKFLOWS_URL"] = Url,
            ["WORKFLOWS_ADMIN_PASSWORD"] = AdministratorPassword,
            ["ASPNETCORE_URLS"] = Url,
            ["WORKFLOWS_CONNECTION"] = null,
            ["WORKFLOWS_SAMPLE_HISTORY"] = "none",
            // Many people sit at this one machine.
            ["WORKFLOWS_SIGN_INS_PER_MINUTE"] = "600",
            // Nothing that a page subscribes to is ever called.
            ["WORKFLOWS_PUSH_HOSTS"] = "push.invalid",
            ["TMPDIR"] = _scratch.Path,
        };
    }

    public string Url { get; }

    /// <summary>Password of a person of the sample district, or of the administrator.</summary>
    public string PasswordOf(string userName) => userName == "admin" ? AdministratorPassword :
        File.ReadLines(Path.Combine(_scratch.Path, "data", "sample-users.txt")).Select(line => line.Split('\t')).Single(parts => parts[0] == userName)[1];

    private static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "workflows.dll");

    public static async Task<ServiceProcess> StartAsync()
    {
        var service = new ServiceProcess();
        service._service = service.Launch("dotnet", [Program]);
        _ = service._service.StandardOutput.ReadToEndAsync();
        var complaints = service._service.StandardError.ReadToEndAsync();
        using var client = new HttpClient { BaseAddress = new Uri(service.Url) };
        using var patience = new CancellationTokenSource(StartsWithin);
        while (!await IsReadyAsync(client))
        {
            Assert.False(service._service.HasExited, service._service.HasExited ? await complaints : "");
            await Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token);
        }

        return service;
    }

    /// <summary>Runs a script as a person would in the root of the clone.</summary>
    public async Task<(int Exit, string Output, string Error)> RunAsync(string script)
    {
        using var shell = Launch("bash", [_scratch.Write("script.sh", script)]);
        using var patience = new CancellationTokenSource(ScriptEndsWithin);
        var output = shell.StandardOutput.ReadToEndAsync(patience.Token);
        var error = shell.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await shell.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            shell.Kill(entireProcessTree: true);
            throw;
        }

        return (shell.ExitCode, await output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is { } service)
        {
            service.Kill(entireProcessTree: true);
            await service.WaitForExitAsync();
            service.Dispose();
        }

        _scratch.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Process Launch(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _scratch.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
