using System.Text.Json.Nodes;
using Workflows.Supervision.Drawing;

namespace Workflows.Supervision.Tests.Drawing;

public class DrawVerifierTests
{
    private static readonly DrawRecord Intact = Draws.Record()
        .SubstituteTarget("T006", Draws.Because(ExclusionCode.Closed, "抽取日前已注销"))
        .SubstituteTarget("T002", Draws.Because(ExclusionCode.Closed, "抽取日前已迁出"));

    private static string[] Places(Action<JsonNode> tamper)
    {
        var root = JsonNode.Parse(Draws.Json(Intact))!;
        tamper(root);
        return [.. Draws.Verify(root.ToJsonString()).Problems.Select(p => p.Place)];
    }

    public static TheoryData<string, Action<JsonNode>, string> Tamperings => new()
    {
        { "a target removed from the roster", r => r["pool"]!.AsArray().RemoveAt(0), "pool" },
        { "a target added to the roster", r => r["pool"]!.AsArray().Add(JsonNode.Parse("""{"id":"T999","class":"A","weight":1}""")), "pool" },
        { "a weight changed", r => r["pool"]![0]!["weight"] = 8, "pool" },
        { "an exclusion removed", r => r["exclusions"]!.AsArray().Clear(), "exclusions" },
        { "an officer's certificate renewed", r => r["officers"]![0]!["certificateValidTo"] = "2030-01-01", "officers" },
        { "another secret", r => r["secret"] = new string('7', 64), "secret" },
        { "another public value", r => r["publicValue"]!["text"] = "又一期", "seed" },
        { "another seed", r => r["seed"] = new string('7', 64), "seed" },
        { "two rows of the order exchanged", r => Swap(r["order"]!.AsArray(), 0, 1), "order[0]" },
        { "a score changed", r => r["order"]![3]!["score"] = new string('0', 64), "order[3]" },
        { "another winner", r => r["winners"]![0]!["id"] = "T001", "winners" },
        { "another alternate", r => r["alternates"]![0]!["id"] = "T001", "alternates" },
        { "another officer in a team", r => r["teams"]![0]!["departments"]![0]!["members"]![0] = "CUL99", "teams[0]" },
        { "a public value known before the commitment", r => r["publicValue"]!["knownAt"] = "2026-11-20T07:59:59+00:00", "publicValue.knownAt" },
        { "a public value known at the very commitment", r => r["publicValue"]!["knownAt"] = "2026-11-20T08:00:00+00:00", "publicValue.knownAt" },
        { "the commitment moved in time", r => r["commitment"]!["committedAt"] = "2026-11-20T13:00:00+00:00", "publicValue.knownAt" },
        { "more drawn than committed", r => r["commitment"]!["terms"]!["winners"] = 4, "winners" },
        { "a substitution edited", r => r["substitutions"]![0]!["reason"] = "别的", "substitutions[0]" },
        { "a substitution removed", r => r["substitutions"]!.AsArray().RemoveAt(0), "substitutions[0]" },
        { "substitutions exchanged", r => Swap(r["substitutions"]!.AsArray(), 0, 1), "substitutions[0]" },
    };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public void Tampering_is_found_and_its_place_named(string what, Action<JsonNode> tamper, string place)
    {
        Assert.NotEmpty(what);
        Assert.Contains(place, Places(tamper));
    }

    [Fact]
    public void Every_tampering_of_the_core_breaks_its_hash() =>
        Assert.All(Tamperings.Select(t => ((string)t[0], (Action<JsonNode>)t[1])).Where(t => !t.Item1.StartsWith("a substitution", StringComparison.Ordinal) && !t.Item1.StartsWith("substitutions", StringComparison.Ordinal)),
            t => Assert.Contains("hash", Places(t.Item2)));

    [Fact]
    public void An_untouched_record_is_intact() => Assert.Empty(Draws.Verify(Draws.Json(Intact)).Problems);

    [Fact]
    public void A_roster_kept_elsewhere_shows_who_is_missing_added_or_changed()
    {
        DrawCandidate[] own = [.. Draws.Targets.Skip(1).Select(t => t.Id == "T004" ? t with { Weight = 5 } : t), new("T777", "A", 1)];
        var places = Draws.Verify(Draws.Json(Intact), own).Problems.Select(p => p.Place);
        Assert.Equal(["pool T001", "pool T004", "pool T777"], places);
    }

    [Fact]
    public void A_record_rewritten_as_a_whole_differs_from_the_published_commitment()
    {
        var rerolled = Draw.Commit(Draws.Terms(), DrawPool.Freeze(Draws.Targets), Draws.Excluded, Draws.Officers, DrawSecret.FromBytes(new byte[32]), Draws.Committed);
        var forged = DrawRecord.Create(rerolled, DrawPool.Freeze(Draws.Targets), Draws.Excluded, Draws.Officers, DrawSecret.FromBytes(new byte[32]), Draws.Value, Draws.Needs, Draws.Visit);
        Assert.Empty(Draws.Verify(Draws.Json(forged)).Problems);
        Assert.Equal("commitment", Assert.Single(Draws.Verify(Draws.Json(forged), null, Intact.Commitment).Problems).Place);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1,2,3]")]
    public void What_is_no_record_is_said_to_be_none(string json) =>
        Assert.Contains("无法读取", Assert.Single(Draws.Verify(json).Problems).Problem, StringComparison.Ordinal);

    [Fact]
    public void A_record_with_any_member_emptied_is_a_problem_and_never_a_crash()
    {
        var members = JsonNode.Parse(Draws.Json(Intact))!.AsObject().Select(p => p.Key).Where(k => k != "teamPlan").ToArray();
        Assert.All(members, m => Assert.NotEmpty(Places(r => r[m] = null)));
        Assert.All(members, m => Assert.NotEmpty(Places(r =>
        {
            if (r[m] is JsonArray { Count: > 0 } list)
            {
                list[0] = null;
            }
            else
            {
                r[m] = "7";
            }
        })));
    }

    private static void Swap(JsonArray list, int a, int b)
    {
        var (first, second) = (list[a]!.DeepClone(), list[b]!.DeepClone());
        (list[a], list[b]) = (second, first);
    }
}
