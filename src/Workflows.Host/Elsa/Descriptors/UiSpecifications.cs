using System.Text.Json.Nodes;
using Workflows.Engine.Activities;

namespace Workflows.Host.Elsa.Descriptors;

/// <summary>
/// What Studio's controls need beside the name of the control. Member names stand as Studio reads them: camelCase inside, values of
/// options as text, the height of an editor as a number.
/// </summary>
internal static class UiSpecifications
{
    /// <summary>Makes Studio ask for the options anew each time the input is shown.</summary>
    public const string Refresh = "Refresh";

    /// <summary>Control for a day and a time.</summary>
    public const string DateTimePicker = "datetime-picker";

    /// <summary>Controls that this Studio knows.</summary>
    public static IReadOnlySet<string> KnownHints { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "singleline", "multiline", "checkbox", "dropdown", "radiolist", "checklist", "multitext", "json-editor", "code-editor", "expression-editor",
        DateTimePicker, "dictionary", "variable-picker", "input-picker", "output-picker", "outcome-picker", "type-picker",
        "workflow-definition-picker", "dynamic-outcomes", "switch-editor", "flow-switch-editor", "http-status-codes", "secret-picker",
    };

    /// <summary>The specification of an input; null where its control needs none.</summary>
    public static JsonObject? Of(InputDescriptor input, IReadOnlyList<InputOption> options)
    {
        var specification = input.UIHint switch
        {
            "dropdown" => new JsonObject { ["dropdown"] = new JsonObject { ["selectList"] = List(options) } },
            "radiolist" => new JsonObject { ["radiolist"] = new JsonObject { ["radioList"] = List(options) } },
            "checklist" => new JsonObject { ["checklist"] = new JsonObject { ["checkList"] = List(options) } },
            "code-editor" or "expression-editor" => Editor(input.DefaultSyntax == "JavaScript" ? "javascript" : "plaintext", 1),
            "json-editor" => Editor("json", 1),
            // The outcome of a script that chooses none; a fork has no other than its branches.
            "dynamic-outcomes" => new JsonObject { ["DynamicOutcomesOptions"] = new JsonObject { ["fixedOutcomes"] = input.Name == "PossibleOutcomes" ? new JsonArray(PortNames.Done) : new JsonArray() } },
            _ => null,
        };
        if (input.OptionsProvider is not null && specification is not null)
            specification[Refresh] = true;
        return specification;
    }

    private static JsonObject Editor(string language, int height) =>
        new() { ["code-editor"] = new JsonObject { ["language"] = language, ["editorHeight"] = height, ["singleLineMode"] = false } };

    private static JsonObject List(IReadOnlyList<InputOption> options) => new()
    {
        ["items"] = new JsonArray([.. options.Select(option => new JsonObject { ["text"] = option.Text, ["value"] = option.Value })]),
        ["isFlagsEnum"] = false,
    };
}
