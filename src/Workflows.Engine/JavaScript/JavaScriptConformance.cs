using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workflows.Engine.JavaScript;

/// <summary>Runs a file of conformance cases: a context of variables and inputs, and scripts with what V8 answers.</summary>
public static class JavaScriptConformance
{
    /// <summary>A case that did not answer as expected.</summary>
    /// <param name="Name">The case.</param>
    /// <param name="Reason">What was expected and what came.</param>
    public sealed record Failure(string Name, string Reason);

    /// <summary>What a run found.</summary>
    /// <param name="Total">Cases run.</param>
    /// <param name="Failures">Those that failed, in the order of the file.</param>
    public sealed record Report(int Total, IReadOnlyList<Failure> Failures)
    {
        /// <summary>Cases that answered as expected.</summary>
        public int Passed => Total - Failures.Count;
    }

    /// <summary>Runs all cases; each starts from the same context.</summary>
    /// <param name="file">The file: <c>context</c> with <c>variables</c> and <c>input</c>, and <c>cases</c>.</param>
    /// <returns>What was found.</returns>
    public static Report Run(JsonDocument file)
    {
        var context = file.RootElement.TryGetProperty("context", out var given) ? given : default;
        var failures = new List<Failure>();
        var total = 0;
        foreach (var test in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            var name = test.TryGetProperty("name", out var named) ? named.ToString() : $"#{total}";
            total++;
            if (Check(test, new ContextEnvironment(context)) is { } reason)
            {
                failures.Add(new Failure(name, reason));
            }
        }

        return new Report(total, failures);
    }

    private static string? Check(JsonElement test, ContextEnvironment environment)
    {
        var error = test.TryGetProperty("error", out var expected) ? expected.GetString() : null;
        Script script;
        try
        {
            script = Script.Parse(test.GetProperty("script").GetString()!);
        }
        catch (ScriptException refused)
        {
            return error == "parse" ? null : $"expected {error ?? "a result"}, got a parse error: {refused.Message}";
        }

        if (error == "parse")
        {
            return "expected a parse error, but it parses";
        }

        try
        {
            var result = script.Evaluate(environment);
            return error is not null ? $"expected a runtime error, got {Show(result)}" : CompareResult(test, result) ?? environment.CompareChanges(test);
        }
        catch (ScriptException failed)
        {
            return error == "runtime" ? null : $"expected a result, got an error: {failed.Message}";
        }
    }

    private static string? CompareResult(JsonElement test, ScriptValue result)
    {
        if (test.TryGetProperty("value", out var value))
        {
            var json = result.ToJson();
            return json is not null && Same(JsonNode.Parse(json), value.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(value.GetRawText()))
                ? null
                : $"expected {value.GetRawText()}, got {Show(result)}";
        }

        if (test.TryGetProperty("number", out var number))
        {
            var shown = result.Number is { } actual ? double.IsNegative(actual) && actual == 0 ? "-0" : result.ToString() : null;
            return shown == number.ToString() ? null : $"expected the number {number}, got {Show(result)}";
        }

        if (test.TryGetProperty("undefined", out _))
        {
            return result.IsUndefined ? null : $"expected undefined, got {Show(result)}";
        }

        return null;
    }

    /// <summary>Equal as JSON: numbers by value, members in any order; a number is no text.</summary>
    private static bool Same(JsonNode? left, JsonNode? right) => JsonNode.DeepEquals(Canonical(left), Canonical(right));

    private static JsonNode? Canonical(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(static m => KeyValuePair.Create(m.Key, Canonical(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Canonical)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => JsonValue.Create(value.GetValue<double>()),
        null => null,
        _ => node.DeepClone(),
    };

    private static string Show(ScriptValue result)
    {
        try
        {
            return result.Number is { } number && double.IsNegative(number) && number == 0 ? "-0" : result.ToJson() ?? "undefined";
        }
        catch (ScriptException failed)
        {
            return failed.Message;
        }
    }

    private sealed class ContextEnvironment(JsonElement context) : ScriptEnvironment
    {
        private readonly Dictionary<string, object?> _set = new(StringComparer.Ordinal);
        private readonly Dictionary<string, object?> _mutated = new(StringComparer.Ordinal);

        public override IEnumerable<string> VariableNames =>
            Part("variables") is { ValueKind: JsonValueKind.Object } variables ? variables.EnumerateObject().Select(static p => p.Name) : [];

        public override bool TryGetVariable(string name, out object? value) => TryGet("variables", name, out value);

        public override bool TryGetInput(string name, out object? value) => TryGet("input", name, out value);

        public override void SetVariable(string name, object? value) => _set[name] = value;

        public override void VariableMutated(string name, object? value) => _mutated[name] = value;

        /// <summary>Every change that is expected happened, and no other variable was set to something new.</summary>
        public string? CompareChanges(JsonElement test)
        {
            var expected = test.TryGetProperty("changed", out var changed) ? changed : default;
            if (expected.ValueKind == JsonValueKind.Object)
            {
                foreach (var change in expected.EnumerateObject())
                {
                    if (!_mutated.TryGetValue(change.Name, out var value) && !_set.TryGetValue(change.Name, out value))
                    {
                        return $"expected {change.Name} to be changed to {change.Value.GetRawText()}";
                    }

                    if (!Same(Node(value), JsonNode.Parse(change.Value.GetRawText())))
                    {
                        return $"expected {change.Name} to be {change.Value.GetRawText()}, got {Node(value)?.ToJsonString() ?? "null"}";
                    }
                }
            }

            foreach (var (name, value) in _set)
            {
                var isExpected = expected.ValueKind == JsonValueKind.Object && expected.TryGetProperty(name, out _);
                var was = TryGet("variables", name, out var before) ? Node(before) : null;
                if (!isExpected && !Same(Node(value), was))
                {
                    return $"{name} was changed to {Node(value)?.ToJsonString() ?? "null"}, which is not expected";
                }
            }

            return null;
        }

        private static JsonNode? Node(object? value) => value is ScriptUndefined ? null : JsonSerializer.SerializeToNode(value);

        private JsonElement? Part(string name) =>
            context.ValueKind == JsonValueKind.Object && context.TryGetProperty(name, out var part) ? part : null;

        private bool TryGet(string part, string name, out object? value)
        {
            var found = default(JsonElement);
            var isThere = Part(part) is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out found);
            value = isThere ? found : null;
            return isThere;
        }
    }
}
