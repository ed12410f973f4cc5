using System.Net;
using Microsoft.AspNetCore.TestHost;
using Workflows.Host.CommandLine;
using Workflows.Host.Composition;
using Workflows.Host.Limits;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Limits;

/// <summary>A service behind a proxy at 10.9.8.7.</summary>
public sealed class BehindProxy : ServiceUnderTest
{
    private protected override ServeSettings Decide(ServeSettings settings) => settings with { Proxies = [IPNetwork.Parse("10.9.8.0/24")] };
}

/// <summary>Limits by address count each caller and not the proxy in front of them, and nobody but the proxy says who calls.</summary>
public sealed class ProxyTests(BehindProxy service) : IClassFixture<BehindProxy>
{
    private static readonly IPAddress Proxy = IPAddress.Parse("10.9.8.7");

    [Fact]
    public async Task Behind_the_proxy_each_caller_has_its_own_limit_and_a_caller_who_names_another_is_not_believed()
    {
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < RequestLimits.AnonymousPerMinute; i++)
            Assert.Equal(404, await AskAsync(Proxy, "203.0.113.1"));
        Assert.Equal(429, await AskAsync(Proxy, "203.0.113.1"));
        Assert.Equal(404, await AskAsync(Proxy, "203.0.113.2"));
        // What the caller itself had put before the proxy's word changes nothing.
        Assert.Equal(429, await AskAsync(Proxy, "198.51.100.9, 203.0.113.1"));
        // Somebody who comes by another way stands for himself, whatever he says.
        var stranger = IPAddress.Parse("198.51.100.7");
        for (var i = 0; i < RequestLimits.AnonymousPerMinute; i++)
            Assert.Equal(404, await AskAsync(stranger, $"203.0.113.{i + 10}"));
        Assert.Equal(429, await AskAsync(stranger, "203.0.113.250"));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("10.0.0.5", 1)]
    [InlineData("10.0.0.5, 10.1.0.0/16 ,fd00::/8", 3)]
    public void Proxies_are_addresses_or_networks(string? text, int count) =>
        Assert.Equal(count, ServeSettings.FromEnvironment(name => name == "WORKFLOWS_PROXIES" ? text : null).Proxies.Count);

    [Fact]
    public void What_is_no_address_is_named() =>
        Assert.StartsWith("WORKFLOWS_PROXIES：", Assert.Throws<BadInputException>(() => ServeSettings.FromEnvironment(name => name == "WORKFLOWS_PROXIES" ? "proxy.example" : null)).Message, StringComparison.Ordinal);

    private async Task<int> AskAsync(IPAddress from, string forwarded)
    {
        var context = await service.Application.GetTestServer().SendAsync(context =>
        {
            context.Connection.RemoteIpAddress = from;
            context.Request.Method = "GET";
            context.Request.Path = "/api/nothing-here";
            context.Request.Headers["X-Forwarded-For"] = forwarded;
        });
        return context.Response.StatusCode;
    }
}
