using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Idempotency;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Access;

[Collection(SharedService.Name)]
public sealed class RouteAccessTests(ServiceUnderTest service)
{
    // Elsa's clients know nothing of keys; what they change is the same however often they send it.
    private const string Elsa = "POST /elsa/api/";

    // Renewing and validating change nothing; signing in has no caller yet; a scan that comes twice is one; who calls a workflow's own address knows nothing of keys.
    private static readonly string[] PostsWithoutKey = ["POST /api/session", "POST /api/session/refresh", "POST /api/definitions/validate", "POST /api/public/visits/{code}/scans", "POST /api/scenarios/{code}/preview", "POST /workflows/{**path}"];

    [Fact]
    public void Every_route_stands_in_the_table_and_every_line_of_it_is_a_route()
    {
        var routes = Endpoints().Select(endpoint => endpoint.Name).Order(StringComparer.Ordinal);
        Assert.Equal(RouteTable.Routes.Keys.Order(StringComparer.Ordinal), routes);
    }

    [Fact]
    public void Every_changing_post_needs_an_idempotency_key()
    {
        var without = Endpoints().Where(endpoint => endpoint.Name.StartsWith("POST ", StringComparison.Ordinal)
            && !endpoint.Name.StartsWith(Elsa, StringComparison.Ordinal) && endpoint.Route.Metadata.GetMetadata<IdempotentRoute>() is null);
        Assert.Equal(PostsWithoutKey.Order(StringComparer.Ordinal), without.Select(endpoint => endpoint.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_gets_in_without_signing_in_where_the_table_says_so()
    {
        using var anonymous = service.Anonymous();
        foreach (var (route, roles) in RouteTable.Routes.Where(line => line.Value != "*"))
        {
            service.Clock.Advance(TimeSpan.FromSeconds(5));
            using var answer = await CallAsync(anonymous, route);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{route} without sign-in: {(int)answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("analyst")]
    [InlineData("inspector")]
    [InlineData("assistant")]
    [InlineData("department-head")]
    [InlineData("legal-reviewer")]
    [InlineData("supervisor")]
    [InlineData("dispatcher")]
    [InlineData("publication-reviewer")]
    [InlineData("auditor")]
    [InlineData("administrator")]
    [InlineData("platform")]
    public async Task A_role_gets_in_exactly_where_the_table_says(string role)
    {
        using var person = await service.PersonAsync(role, "FOR", "330299");
        foreach (var (route, roles) in RouteTable.Routes.Where(line => line.Value != "*"))
        {
            // A person of a foreign department and area: what is let in finds nothing (404), reads an empty list, or is told of its request.
            using var answer = await CallAsync(person, route);
            // The stream of news has no end.
            var text = answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync();
            var refusedByRole = answer.StatusCode == HttpStatusCode.Forbidden && text.Contains("\"forbidden\"", StringComparison.Ordinal);
            Assert.True(refusedByRole != roles.Split(' ').Contains(role), $"{route} as {role}: {(int)answer.StatusCode} {text}");
            Assert.True((int)answer.StatusCode < 500, $"{route} as {role}: {(int)answer.StatusCode} {text}");
        }
    }

    private async Task<HttpResponseMessage> CallAsync(HttpClient client, string route)
    {
        var parts = route.Split(' ');
        var path = parts[1].Replace("{id}", "no-such-id", StringComparison.Ordinal).Replace("{kind}", "towns", StringComparison.Ordinal).Replace("{code}", "none", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(parts[0]), path);
        if (parts[0] != "GET")
        {
            request.Content = path.EndsWith("/evidence", StringComparison.Ordinal) || path.EndsWith("/import", StringComparison.Ordinal) && path.StartsWith("/api/", StringComparison.Ordinal)
                ? new MultipartFormDataContent { { new StringContent("x"), "other" } }
                : new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            request.Headers.Add("Idempotency-Key", "access-" + Guid.NewGuid());
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private IEnumerable<(string Name, RouteEndpoint Route)> Endpoints() =>
        from endpoint in service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods.Count: > 0 } methods ? methods.HttpMethods : ["ANY"]
        let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        select ($"{method} {pattern}", endpoint);
}
