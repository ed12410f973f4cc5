using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.EntityFrameworkCore;
using Workflows.Engine.BuiltIn.Http;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Api.Endpoints;

/// <summary>A workflow endpoint that a request has reached.</summary>
/// <param name="Payload">Payload of its stimulus, JSON.</param>
/// <param name="RouteData">What the path gave for the names in its template.</param>
/// <param name="NeedsSignIn">Whether the caller has to be signed in.</param>
/// <param name="Policies">Roles of which the caller needs each; empty for none.</param>
internal sealed record ReachedEndpoint(string Payload, IReadOnlyDictionary<string, string?> RouteData, bool NeedsSignIn, IReadOnlyList<string> Policies);

/// <summary>
/// The paths that workflows answer: those of the triggers of published definitions, and of HttpEndpoint activities that wait in running
/// instances. Anything else does not exist.
/// </summary>
internal sealed class EndpointCatalogue(WorkflowsDbContext database)
{
    private const string TypeName = "Elsa.HttpEndpoint";

    /// <summary>The endpoint for a path and method, or null. Where several fit, the one with the fewest names in its path.</summary>
    public async Task<ReachedEndpoint?> FindAsync(string path, string method, CancellationToken cancellationToken)
    {
        var triggers = await database.Set<TriggerRow>().AsNoTracking().Where(row => row.Name == TypeName && row.Payload != null)
            .Join(database.Set<WorkflowDefinitionRow>().Where(row => row.IsPublished), row => row.DefinitionVersionId, row => row.VersionId,
                (row, definition) => new { row.Payload, row.ActivityId, row.DefinitionVersionId }).ToListAsync(cancellationToken);
        var waits = await database.Set<BookmarkRow>().AsNoTracking().Where(row => row.Name == TypeName && row.Payload != null)
            .Join(database.Set<WorkflowInstanceRow>(), row => row.InstanceId, row => row.Id, (row, instance) => new { row.Payload, row.ActivityId, instance.DefinitionVersionId })
            .Distinct().ToListAsync(cancellationToken);
        var reached = triggers.Concat(waits)
            .Select(row => (Row: row, Stimulus: JsonSerializer.Deserialize<HttpEndpointStimulus>(row.Payload!)!))
            .Where(pair => string.Equals(pair.Stimulus.Method, method, StringComparison.OrdinalIgnoreCase))
            .Select(pair => (pair.Row, pair.Stimulus, Values: Match(pair.Stimulus.Path, path)))
            .Where(match => match.Values is not null)
            .OrderBy(match => match.Values!.Count).ThenBy(match => match.Stimulus.Path, StringComparer.Ordinal).ToList();
        if (reached.Count == 0)
            return null;
        // One request resumes and starts everything that has the same stimulus: the strictest of them decides who may send it.
        var payload = reached[0].Row.Payload!;
        var needsSignIn = false;
        var policies = new List<string>();
        foreach (var (row, _, _) in reached.Where(match => match.Row.Payload == payload))
        {
            var json = await database.Set<WorkflowDefinitionRow>().AsNoTracking().Where(definition => definition.VersionId == row.DefinitionVersionId)
                .Select(definition => definition.Json).FirstOrDefaultAsync(cancellationToken);
            var activity = json is null ? null : Find(JsonNode.Parse(json), row.ActivityId);
            // An activity that cannot be read is closed, as is an input whose value only a run would tell.
            needsSignIn |= activity is null || Literal(activity, "authorize") is not ("" or "false");
            if (activity is not null && Literal(activity, "policy") is { Length: > 0 } policy)
                policies.Add(policy);
        }

        return new ReachedEndpoint(payload, reached[0].Values!, needsSignIn || policies.Count > 0, policies);
    }

    private static Dictionary<string, string?>? Match(string template, string path)
    {
        try
        {
            var values = new RouteValueDictionary();
            return new TemplateMatcher(TemplateParser.Parse(template), []).TryMatch("/" + path.Trim('/'), values)
                ? values.ToDictionary(value => value.Key, value => value.Value?.ToString(), StringComparer.Ordinal)
                : null;
        }
        catch (ArgumentException)
        {
            // A path that is no template matches nothing.
            return null;
        }
    }

    private static JsonObject? Find(JsonNode? node, string activityId) => node switch
    {
        JsonObject found when Text(found["id"]) == activityId && Text(found["type"]) == TypeName => found,
        JsonObject other => other.Select(member => Find(member.Value, activityId)).FirstOrDefault(found => found is not null),
        JsonArray list => list.Select(item => Find(item, activityId)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    // "" where it is absent or empty, the text of a literal, and "?" for an expression.
    private static string Literal(JsonObject activity, string input) => activity[input] switch
    {
        null => "",
        JsonObject wrapped when wrapped["expression"] is JsonObject expression => Text(expression["type"]) is "Literal" or null ? Lower(expression["value"]) : "?",
        JsonObject => "?",
        var value => Lower(value),
    };

    private static string Lower(JsonNode? value) => value?.ToString() is not { } text ? "" : bool.TryParse(text, out var flag) ? flag ? "true" : "false" : text;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
