using Workflows.Supervision.Escalation;

namespace Workflows.Supervision.Scenarios;

/// <summary>What no single field shows: references, bounds between fields, and choices that the law does not leave.</summary>
internal static class ScenarioConsistency
{
    public static IEnumerable<ScenarioProblem> Check(Scenario s) =>
        [.. Departments(s), .. s.Items.SelectMany((item, i) => Item(s, item, $"$.items[{i}]")), .. Duplicates(s), .. Rules(s)];

    private static IEnumerable<ScenarioProblem> Departments(Scenario s)
    {
        var leads = s.Departments.Count(d => d.Lead);
        if (leads != 1)
        {
            yield return new("$.departments", $"有 {leads} 个牵头部门，请恰好指定一个（lead: true）");
        }

        for (var i = 0; i < s.Departments.Count; i++)
        {
            var department = s.Departments[i];
            if (department.ItemsLeftTo is { } other && (other == department.Code || !s.Departments.Any(d => d.Code == other)))
            {
                yield return new($"$.departments[{i}].itemsLeftTo", $"“{other}”不是其他部门的代码，请填写 departments 中的另一部门");
            }
        }
    }

    private static IEnumerable<ScenarioProblem> Item(Scenario s, ScenarioItem item, string path)
    {
        foreach (var (name, code) in new[] { ("supervisingDepartment", item.SupervisingDepartment), ("penaltyDepartment", item.PenaltyDepartment) })
        {
            if (!s.Departments.Any(d => d.Code == code))
            {
                yield return new($"{path}.{name}", $"部门“{code}”不在 departments 中，请先登记该部门");
            }
        }

        if (item.Period is { } period && !(period.Min <= period.Default && period.Default <= period.Max))
        {
            yield return new($"{path}.period", $"应满足 min ≤ default ≤ max，现为 {period.Min}、{period.Default}、{period.Max}");
        }

        if (item.LeniencyMatter is not null && item.PenaltyClause is not (PenaltyClause.Direct or PenaltyClause.WarningAndOrder))
        {
            yield return new($"{path}.leniencyMatter", "首违不罚、轻微不罚只适用于“直接处罚”或“警告并责令改正”的事项，请删除或改正罚则");
        }

        if (item.PenaltyClause == PenaltyClause.None && item.Handling is Handling.File or Handling.RectifyAndFile)
        {
            yield return new($"{path}.handling", "无罚则的事项不能立案，请改为“责令改正”");
        }

        for (var i = 0; i < item.Bases.Count; i++)
        {
            var basis = item.Bases[i];
            if (basis.To is { } to && to < basis.From)
            {
                yield return new($"{path}.bases[{i}].to", "失效日期早于施行日期，请核对");
            }

            if (item.PenaltyClause != PenaltyClause.None && basis.Penalty is null)
            {
                yield return new($"{path}.bases[{i}].penalty", $"罚则为“{EnumNames<PenaltyClause>.NameOf(item.PenaltyClause)}”，请写明处罚条款");
            }

            if (item.Bases.Take(i).Any(b => b.From <= (basis.To ?? DateOnly.MaxValue) && basis.From <= (b.To ?? DateOnly.MaxValue)))
            {
                yield return new($"{path}.bases[{i}].from", "与前面的依据在时间上重叠，请填写前一依据的失效日期");
            }
        }
    }

    private static IEnumerable<ScenarioProblem> Duplicates(Scenario s)
    {
        var sets = new[] { ("departments", s.Departments.Select(d => d.Code)), ("items", s.Items.Select(i => i.Code)) };
        foreach (var (name, codes) in sets)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (code, index) in codes.Select((c, i) => (c, i)).Where(c => !seen.Add(c.c)))
            {
                yield return new($"$.{name}[{index}].code", $"代码“{code}”重复，请改用其他代码");
            }
        }
    }

    private static IEnumerable<ScenarioProblem> Rules(Scenario s)
    {
        foreach (var (name, kind, rungs) in new[]
                 {
                     ("internal", LadderKind.Internal, s.Ladders.Internal),
                     ("external", LadderKind.External, s.Ladders.External),
                 })
        {
            foreach (var (path, message) in Ladder.Problems(kind, rungs))
            {
                yield return new($"$.ladders.{name}{path["rungs".Length..]}", message);
            }
        }

        if (!s.Filing.Limits.Any(l => l.Department == "*"))
        {
            yield return new("$.filing.limits", "缺少适用于其他部门的办案期限，请增加 department 为“*”的一项");
        }

        if (!s.Publication.MaskIndividuals)
        {
            yield return new("$.publication.maskIndividuals", "个人信息必须脱敏后公示，请填写 true");
        }
    }
}
