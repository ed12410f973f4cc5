using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Papers;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Papers;

/// <summary>Chromium, with which papers are printed.</summary>
internal static class Browser
{
    private static readonly string[] Complete = ["CI", "WORKFLOWS_TESTS_COMPLETE"];

    /// <summary>Whether this machine has it. Where the tests are to be complete (test.sh, CI) it has to: they fail instead of seeing less.</summary>
    public static bool IsHere(ServiceUnderTest service)
    {
        var here = service.Services.GetRequiredService<ChromiumPrinter>().Browser is not null;
        Assert.True(here || !MustBeHere(Environment.GetEnvironmentVariable), "Chromium was not found: install it (Debian: chromium), since papers cannot be looked at without it.");
        return here;
    }

    /// <summary>Whether the environment asks for complete tests.</summary>
    public static bool MustBeHere(Func<string, string?> environment) => Complete.Any(name => environment(name) is { Length: > 0 } value && value is not ("0" or "false"));
}
