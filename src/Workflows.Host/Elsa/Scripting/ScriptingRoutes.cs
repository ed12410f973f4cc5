using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workflows.Engine.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Elsa.Scripting;

/// <summary>Help for the script editor.</summary>
internal static class ScriptingRoutes
{
    /// <summary>Maps the route under <c>/scripting</c>.</summary>
    public static void MapScripting(this IEndpointRouteBuilder elsa) =>
        elsa.MapPost("/scripting/javascript/type-definitions/{definitionId}", TypesAsync).ForElsaReaders().Accepts<JsonElement>("application/json")
            .Produces<string>(contentType: "application/x-typescript").WithTags("Elsa 描述").WithSummary("脚本中可用的函数、变量和输入（TypeScript）");

    private static async Task<IResult> TypesAsync(string definitionId, WorkflowsDbContext database, CancellationToken cancellationToken)
    {
        // The editor works on the latest version; a definition that is not saved yet has no names of its own.
        var json = await database.Set<WorkflowDefinitionRow>().AsNoTracking()
            .Where(row => row.VersionId == definitionId || (row.DefinitionId == definitionId && row.IsLatest))
            .Select(row => row.Json).FirstOrDefaultAsync(cancellationToken);
        return Results.Text(TypeDefinitions.Write(json is null ? null : Read(json)), "application/x-typescript; charset=utf-8");
    }

    private static JsonObject? Read(string json)
    {
        try
        {
            return WorkflowDefinition.Parse(json).ToJson();
        }
        catch (DefinitionFormatException)
        {
            return null;
        }
    }
}
