namespace Workflows.Supervision.Drawing;

/// <summary>Draws again from a record's seed and compares the result with what the record says.</summary>
internal static class DrawReplay
{
    public static void Verify(DrawRecord record, DrawPool pool, byte[] seed, Action<string, string> report)
    {
        var outcome = Draw.Run(record.Commitment.Terms, pool, seed);
        var rows = DrawRecord.WeightedOrders(outcome).SelectMany(o => o.Rows()).ToArray();
        if (rows.Length != record.Order.Length)
        {
            report("order", $"顺序表应有 {rows.Length} 行，记录有 {record.Order.Length} 行。");
        }

        for (var i = 0; i < Math.Min(rows.Length, record.Order.Length); i++)
        {
            if (rows[i] != record.Order[i])
            {
                report($"order[{i}]", $"第 {i + 1} 行应为 {rows[i].Id}（{rows[i].Score}），记录为 {record.Order[i].Id}（{record.Order[i].Score}）。");
                break;
            }
        }

        var sound = Compare("winners", outcome.Winners, record.Winners, report);
        sound &= Compare("alternates", outcome.Alternates, record.Alternates, report);
        Compare("quotas", outcome.Quotas, record.Quotas, report);
        var uniform = outcome.Winners.Count(w => w.By == "uniform");
        Compare("uniformOrder", uniform > 0 ? outcome.Orders[1].First(uniform) : [], record.UniformOrder, report);
        sound &= VerifyTeams(record, seed, report);
        if (sound)
        {
            VerifySubstitutions(record, report);
        }
        else if (!record.Substitutions.IsEmpty)
        {
            report("substitutions", "抽取结果与重算结果不一致，更换记录无从核验。");
        }
    }

    private static bool VerifyTeams(DrawRecord record, byte[] seed, Action<string, string> report)
    {
        if (record.TeamPlan is not { } plan)
        {
            return true;
        }

        var standing = record.Winners.Concat(record.Alternates).Select(t => t.Id);
        if (!plan.Targets.Select(t => t.Id).SequenceEqual(standing, StringComparer.Ordinal))
        {
            report("teamPlan.targets", "派员对象与抽取结果不一致。");
            return false;
        }

        var teams = TeamDraw.Match(seed, record.Commitment.Terms.DrawId, plan.Targets.Take(record.Winners.Length), plan.Needs, record.Officers, plan.VisitDate);
        if (teams.Length != record.Teams.Length)
        {
            report("teams", $"应有 {teams.Length} 个检查组，记录有 {record.Teams.Length} 个。");
            return false;
        }

        var same = true;
        for (var i = 0; i < teams.Length; i++)
        {
            if (DrawRecordJson.Hash(teams[i]) != DrawRecordJson.Hash(record.Teams[i]))
            {
                same = false;
                report($"teams[{i}]", $"对象 {teams[i].TargetId} 的检查组与重算结果不一致。");
            }
        }

        return same;
    }

    private static void VerifySubstitutions(DrawRecord record, Action<string, string> report)
    {
        var replayed = record with { Substitutions = [] };
        for (var i = 0; i < record.Substitutions.Length; i++)
        {
            var entry = record.Substitutions[i];
            var place = $"substitutions[{i}]";
            if (entry.Sequence != i + 1 || entry.PreviousHash != replayed.LatestHash)
            {
                report(place, "与前一条更换记录不衔接：有记录被删除、插入或调换。");
                return;
            }

            if (entry.ComputeHash() != entry.Hash)
            {
                report(place, "更换记录在登记后被改动。");
                return;
            }

            try
            {
                var request = new SubstitutionRequest(entry.Code, entry.Reason, entry.RequestedBy, entry.ApprovedBy, entry.At);
                replayed = entry.Department is null
                    ? replayed.SubstituteTarget(entry.Out, request)
                    : replayed.SubstituteOfficer(entry.TargetId, entry.Out, request);
            }
            catch (DomainRuleException e)
            {
                report(place, e.Message);
                return;
            }

            if (replayed.LatestHash != entry.Hash)
            {
                report(place, $"递补人选应为 {replayed.Substitutions[^1].In}，记录为 {entry.In}。");
                return;
            }
        }
    }

    private static bool Compare<T>(string place, IReadOnlyList<T> expected, IReadOnlyList<T> actual, Action<string, string> report)
        where T : class
    {
        if (expected.SequenceEqual(actual))
        {
            return true;
        }

        report(place, $"与重算结果不一致：应为 {string.Join("、", expected.Take(5))}{(expected.Count > 5 ? "…" : "")}。");
        return false;
    }
}
