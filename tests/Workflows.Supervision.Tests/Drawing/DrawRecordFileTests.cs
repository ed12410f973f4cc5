using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Workflows.Supervision.Drawing;

namespace Workflows.Supervision.Tests.Drawing;

/// <summary>Records as files, which the verifier of the public page replays as well: both must read them alike.</summary>
public class DrawRecordFileTests
{
    // Texts that JSON may write in more than one way.
    private const string Odd = "“三个月内”已检查\\见附件\"1\"|\t第１条　<b>&'加＋\u00a0\u200b\u2028😀𠮷";

    public static TheoryData<string> Names => ["weighted", "stratified", "uniform"];

    private static DrawRecord Record(string name) => name switch
    {
        "weighted" => Weighted(),
        "stratified" => Stratified(),
        _ => Draws.Record(Draws.Terms(5, 2) with { UniformPercent = 40 }),
    };

    private static DrawRecord Weighted()
    {
        // Every rule that keeps an officer away, and each step of relaxing it.
        DrawOfficer[] officers =
        [
            .. Draws.Officers.Where(o => o.Department != "FIR"),
            Draws.Officer("FIR01", "FIR") with { Conflicts = ["T002", "T006", "T005"] },
            Draws.Officer("FIR02", "FIR") with { CertificateValidTo = new DateOnly(2026, 11, 24) },
            Draws.Officer("FIR03", "FIR") with { CertificateNumber = null, CertificateValidTo = null },
            Draws.Officer("FIR04", "FIR") with { LastVisited = ["T002"], Load = 3, LargestLoad = 5 },
            Draws.Officer("FIR05", "FIR") with { Town = "330203006", LastVisited = ["T005", "T002"] },
            Draws.Officer("FIR06", "FIR") with { Suspended = true, OnLeave = true, Fields = ["消防|高层", "电气"] },
        ];
        officers = [.. officers.Select((o, i) => o.Department == "CUL" ? o with { Group = i < 4 ? "一组" : "二组" } : o)];
        Exclusion[] excluded = [new("T009", ExclusionCode.Recent, Odd, "JC-2026-0101"), new("T010", ExclusionCode.Closed, "已注销", "")];
        var pool = DrawPool.Freeze(Draws.Targets.Select(t => t with { WeightBasis = $"信用等级 {t.Class}：{t.Weight}" }));
        var commitment = Draw.Commit(Draws.Terms(), pool, excluded, officers, Draws.Secret, Draws.Committed.AddTicks(1234567));
        var record = DrawRecord.Create(commitment, pool, excluded, officers, Draws.Secret, Draws.Value, Draws.Needs, Draws.Visit, id => id == "T005" ? "330203009" : "330203006")
            .SubstituteTarget("T006", Draws.Because(ExclusionCode.Closed, Odd));
        var leaving = record.CurrentTeam("T002")!.Departments[0].Members[1];
        return record.SubstituteOfficer("T002", leaving, Draws.Because(ExclusionCode.Recused, "近亲属在该场所任职")).SubstituteTarget("T002", Draws.Because(ExclusionCode.Closed, "抽取日前已迁出"));
    }

    private static DrawRecord Stratified()
    {
        var targets = Enumerable.Range(1, 17).Select(i => new DrawCandidate($"S{i:00}", "B", 1 + (i % 3), i <= 9 ? "330203009" : i <= 15 ? "城区" : "330203010")).ToArray();
        var terms = Draws.Terms(6, 1) with { StratumShares = ImmutableSortedDictionary<string, int>.Empty.Add("城区", 3).Add("330203009", 2), AtLeastPerStratum = 1 };
        return Draws.Record(terms, targets).SubstituteTarget(Draws.Record(terms, targets).Winners[^1].Id, Draws.Because(ExclusionCode.Closed, "已停业"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_files_are_what_the_draw_gives(string name)
    {
        var (path, text) = (PathOf(name), Draws.Json(Record(name)));
        if (Environment.GetEnvironmentVariable("WORKFLOWS_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
        Assert.Empty(Draws.Verify(text).Problems);
    }

    [Fact]
    public void They_show_every_rule_that_a_verifier_has_to_know()
    {
        var weighted = Record("weighted");
        string[] codes = [.. weighted.Teams.SelectMany(t => t.Departments).SelectMany(d => d.Exclusions).Select(e => e.Code).Distinct()];
        Assert.Superset(
            new HashSet<string> { ExclusionCode.NoCertificate, ExclusionCode.Conflict, ExclusionCode.LastTime, ExclusionCode.OtherTown, ExclusionCode.Suspended, ExclusionCode.Leave },
            codes.ToHashSet());
        Assert.Superset(
            new HashSet<TeamFallback> { TeamFallback.None, TeamFallback.NeedsApproval },
            weighted.Teams.SelectMany(t => t.Departments).Select(d => d.Fallback).ToHashSet());
        Assert.Equal(3, Record("stratified").Quotas.Length);
        Assert.Equal(2, Record("uniform").UniformOrder.Length);
    }

    private static string PathOf(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "conformance", "draw-records", $"{name}.json");
}
