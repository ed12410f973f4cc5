using System.Collections.Immutable;
using System.Text;
using Workflows.Supervision.Drawing;

namespace Workflows.Supervision.Tests.Drawing;

/// <summary>A small draw with teams, used by the tests of records.</summary>
internal static class Draws
{
    public static readonly DateTimeOffset Committed = DateTimeOffset.Parse("2026-11-20T08:00:00Z");
    public static readonly DateTimeOffset Known = DateTimeOffset.Parse("2026-11-20T12:00:00Z");
    public static readonly DateOnly Visit = new(2026, 11, 25);
    public static readonly DrawSecret Secret = DrawSecret.FromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    public static readonly PublicValue Value = new("2026-11-20 20:00 双色球 第2026134期 03 08 11 19 24 31 + 07", "双色球 第2026134期", Known, ["企业代表", "公证员"]);
    public static readonly Exclusion[] Excluded = [new("T009", ExclusionCode.Recent, "三个月内已检查", "JC-2026-0101")];
    public static readonly DepartmentNeed[] Needs = [new("CUL"), new("FIR"), new("HEA", 2, "公共场所")];

    public static DrawCandidate[] Targets { get; } =
        [.. new[] { 1, 2, 2, 4, 4, 8, 1, 2 }.Select((w, i) => new DrawCandidate($"T{i + 1:000}", "ABBCCDAB"[i].ToString(), w))];

    public static DrawOfficer[] Officers { get; } =
        [.. Needs.SelectMany(n => Enumerable.Range(1, 6).Select(i => Officer($"{n.Department}{i:00}", n.Department)))];

    public static DrawOfficer Officer(string id, string department) =>
        new(id, department, $"11330200{id}", new DateOnly(2027, 6, 30), ["公共场所"]);

    public static DrawTerms Terms(int winners = 3, int alternates = 2) => new("DRAW-2026-11-0001", "PLAN-1", "esports-hotel@1", "抽取员", winners, alternates);

    public static DrawRecord Record(DrawTerms? terms = null, DrawCandidate[]? targets = null, DrawOfficer[]? officers = null, DateTimeOffset? known = null)
    {
        var pool = DrawPool.Freeze(targets ?? Targets);
        var commitment = Draw.Commit(terms ?? Terms(), pool, Excluded, officers ?? Officers, Secret, Committed);
        return DrawRecord.Create(commitment, pool, Excluded, officers ?? Officers, Secret, Value with { KnownAt = known ?? Known }, Needs, Visit);
    }

    public static string Json(DrawRecord record)
    {
        using var stream = new MemoryStream();
        record.Write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static VerificationReport Verify(string json, IEnumerable<DrawCandidate>? roster = null, DrawCommitment? published = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return DrawVerifier.Verify(stream, roster, published);
    }

    public static SubstitutionRequest Because(string code, string reason) =>
        new(code, reason, "牵头部门", "局负责人", DateTimeOffset.Parse("2026-11-23T01:00:00Z"));
}
