using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Access;

/// <summary>The OpenAPI document tells a client what to send.</summary>
[Collection(SharedService.Name)]
public sealed class DescriptionTests(ServiceUnderTest service)
{
    // Their address, or the token they come with, says all; the last two take a form with files, as their summaries tell.
    private static readonly HashSet<string> WithoutBody = new(StringComparer.Ordinal)
    {
        "/elsa/api/cancel/workflow-instances/{id}", "/elsa/api/identity/refresh-token", "/elsa/api/identity/users", "/elsa/api/identity/roles", "/elsa/api/identity/users/{id}",
        "/elsa/api/identity/roles/{id}", "/elsa/api/workflow-instances/{id}/export", "/elsa/api/workflow-definitions/{definitionId}/publish",
        "/elsa/api/workflow-definitions/{definitionId}/retract", "/elsa/api/workflow-definitions/{definitionId}/revert/{version}",
        "/elsa/api/workflow-definitions/{definitionId}/export", "/elsa/api/workflow-definitions/{definitionId}/update-references",
        "/elsa/api/actions/workflow-definitions/reload", "/elsa/api/admin/workflow-runtime/resume", "/elsa/api/bookmark-queue/dead-letters/{id}/replay",
        "/elsa/api/workflow-definitions/import-files", "/elsa/api/bulk-actions/import/workflow-instances",
    };

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Every_change_over_the_Elsa_API_has_its_body_and_its_members_described()
    {
        using var anonymous = service.Anonymous();
        var document = JsonNode.Parse(await anonymous.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
        var without = new List<string>();
        foreach (var (path, methods) in document["paths"]!.AsObject().Where(path => path.Key.StartsWith("/elsa/api/", StringComparison.Ordinal)))
        {
            foreach (var (method, operation) in methods!.AsObject().Where(method => method.Key is "post" or "put"))
            {
                Assert.False(string.IsNullOrEmpty(operation!["summary"]?.GetValue<string>()), $"{method} {path}");
                if (operation["requestBody"] is null && !WithoutBody.Contains(path))
                    without.Add($"{method} {path}");
            }
        }

        Assert.Empty(without);
        var saving = document["components"]!["schemas"]!["SaveDefinitionRequest"]!["properties"]!.AsObject();
        Assert.Equal(["model", "publish"], saving.Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_pages_are_built_from_what_the_service_says_of_itself()
    {
        using var anonymous = service.Anonymous();
        var document = JsonNode.Parse(await anonymous.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!.AsObject();
        // Where this one listens.
        document.Remove("servers");
        // The pages around Studio speak Elsa's contract.
        var paths = document["paths"]!.AsObject();
        foreach (var path in paths.Select(path => path.Key).Where(path => !path.StartsWith("/api/", StringComparison.Ordinal)).ToList())
            paths.Remove(path);
        var said = document.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";
        var file = Path.Combine(ServiceUnderTest.HomeFolder(), "src", "Workflows.Web", "openapi.json");
        if (Environment.GetEnvironmentVariable("WORKFLOWS_UPDATE_GOLDEN") == "1")
            await File.WriteAllTextAsync(file, said);
        Assert.True(await File.ReadAllTextAsync(file) == said, "src/Workflows.Web/openapi.json is not what the service says: run this test with WORKFLOWS_UPDATE_GOLDEN=1 and build the pages again.");
    }
}
