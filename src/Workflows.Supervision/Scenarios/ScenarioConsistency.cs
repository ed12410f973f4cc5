using Workflows.Supervision.Escalation;

namespace Workflows.Supervision.Scenarios;

/// <summary>What no single field shows: references, bounds between fields, and choices that the law does not leave.</summary>
internal static class ScenarioConsistency
{
    public static IEnumerable<ScenarioProblem> Check(Scenario s) =>
        [.. Departments(s), .. s.Items.SelectMany((item, i) => Items(s, item, $"$.items[{i}]")), .. Duplicates(s), .. Rules(s), .. Zones(s), .. Openings(s), .. Procedures(s), .. Promises(s), .. Templates(s)];

    /// <summary>Codes of law that the file names and the package's law does not know.</summary>
    public static IEnumerable<ScenarioProblem> CheckLaw(Scenario s, Func<string, bool> known)
    {
        for (var i = 0; i < s.Items.Count; i++)
        {
            foreach (var (path, item) in WithVariants(s.Items[i], $"$.items[{i}]"))
            {
                var lists = new[] { ("violates", item.Violates), ("orders", item.Orders), ("penalises", item.Penalises) };
                foreach (var (name, codes) in lists)
                {
                    for (var n = 0; n < codes.Count; n++)
                    {
                        if (!known(codes[n]))
                        {
                            yield return new($"{path}.{name}[{n}]", $"法律依据“{codes[n]}”不在依据库中，请先登记或者改正代码");
                        }
                    }
                }
            }
        }
    }

    private static IEnumerable<ScenarioProblem> Departments(Scenario s)
    {
        for (var i = 0; i < s.Departments.Count; i++)
        {
            var department = s.Departments[i];
            if (department.ItemsLeftTo is { } other && (other == department.Code || s.Department(other) is null))
            {
                yield return new($"$.departments[{i}].itemsLeftTo", $"“{other}”不是其他部门的代码，请填写 departments 中的另一部门");
            }

            if (department.OnlyWithTag is { } tag && !s.TargetTags.Contains(tag))
            {
                yield return new($"$.departments[{i}].onlyWithTag", $"标签“{tag}”不在 targetTags 中，请先登记该标签");
            }
        }
    }

    private static IEnumerable<ScenarioProblem> Zones(Scenario s)
    {
        for (var i = 0; i < s.Items.Count; i++)
        {
            foreach (var (path, item) in WithVariants(s.Items[i], $"$.items[{i}]"))
            {
                foreach (var zone in item.Zones.Where(zone => !s.Zones.Contains(zone, StringComparer.Ordinal)))
                {
                    yield return new($"{path}.zones", $"区域“{zone}”不在 zones 中，请先登记该区域");
                }
            }
        }

        for (var i = 0; i < s.Milestones.Count; i++)
        {
            foreach (var code in s.Milestones[i].Items.Where(code => s.Item(code) is null))
            {
                yield return new($"$.milestones[{i}].items", $"检查事项“{code}”不在 items 中，请改正代码");
            }
        }

        for (var i = 0; i < s.Response.Teams.Count; i++)
        {
            if (s.Department(s.Response.Teams[i].Department) is null)
            {
                yield return new($"$.response.teams[{i}].department", $"部门“{s.Response.Teams[i].Department}”不在 departments 中，请先登记该部门");
            }
        }
    }

    private static IEnumerable<ScenarioProblem> Templates(Scenario s)
    {
        for (var i = 0; i < s.TeamTemplates.Count; i++)
        {
            var (template, seats) = (s.TeamTemplates[i], s.TeamTemplates[i].Seats);
            if (s.TeamTemplates.Take(i).Any(other => other.Code == template.Code))
            {
                yield return new($"$.teamTemplates[{i}].code", $"“{template.Code}”重复，请改用其他代码");
            }

            for (var n = 0; n < seats.Count; n++)
            {
                if (seats.Take(n).Any(other => other.Code == seats[n].Code))
                {
                    yield return new($"$.teamTemplates[{i}].seats[{n}].code", $"“{seats[n].Code}”重复，请改用其他代码");
                }

                if (seats[n].Department is { } department && s.Department(department) is null)
                {
                    yield return new($"$.teamTemplates[{i}].seats[{n}].department", $"部门“{department}”不在 departments 中，请先登记该部门");
                }
            }
        }
    }

    private static IEnumerable<ScenarioProblem> Promises(Scenario s)
    {
        for (var i = 0; i < (s.Promise?.Items.Count ?? 0); i++)
        {
            if (s.Item(s.Promise!.Items[i]) is null)
            {
                yield return new($"$.promise.items[{i}]", $"检查事项“{s.Promise.Items[i]}”不在 items 中，请改正代码");
            }
        }

        if (s.Promise is not null && s.Documents?.Any(d => d.Form == Work.PromiseService.Form) == false)
        {
            yield return new("$.promise", $"文书目录 documents 中没有“{Work.PromiseService.Form}”（守法承诺书），请先登记");
        }
    }

    // Whatever is stated of a case, one way is open to it.
    private static IEnumerable<ScenarioProblem> Procedures(Scenario s)
    {
        if (s.Procedures.Count > 0 && s.Procedures[^1].Way != ProcedureKind.Ordinary)
        {
            yield return new($"$.procedures[{s.Procedures.Count - 1}].way", "办案程序的最后一项必须是普通程序（Ordinary），使不合其他程序条件的案件有路可走");
        }

        for (var i = 0; i < s.Procedures.Count; i++)
        {
            if (s.Procedures.Take(i).Any(other => other.Way == s.Procedures[i].Way))
            {
                yield return new($"$.procedures[{i}].way", $"“{s.Procedures[i].Title}”与前面的程序种类相同，请只保留一项");
            }
        }
    }

    // An item is opened by one that stands before it, so that none opens itself through others.
    private static IEnumerable<ScenarioProblem> Openings(Scenario s)
    {
        for (var i = 0; i < s.Items.Count; i++)
        {
            if (s.Items[i].AskedWhen is { } when && s.Items.Take(i).All(item => item.Code != when.Item))
            {
                yield return new($"$.items[{i}].askedWhen.item", $"检查事项“{when.Item}”不在本事项之前，请填写排在前面的检查事项代码");
            }
        }
    }

    private static IEnumerable<ScenarioProblem> Items(Scenario s, ScenarioItem item, string path)
    {
        var departments = new[] { ("department", item.SupervisingDepartment), ("penaltyDepartment", item.PenaltyDepartment) }
            .Concat(item.JointDepartments.Select((d, i) => ($"jointDepartments[{i}]", d)));
        foreach (var (name, code) in departments.Where(d => s.Department(d.Item2) is null))
        {
            yield return new($"{path}.{name}", $"部门“{code}”不在 departments 中，请先登记该部门");
        }

        for (var i = 0; i < item.TargetTags.Count; i++)
        {
            if (!s.TargetTags.Contains(item.TargetTags[i]))
            {
                yield return new($"{path}.targetTags[{i}]", $"标签“{item.TargetTags[i]}”不在 targetTags 中，请先登记该标签");
            }
        }

        foreach (var (at, one) in WithVariants(item, path))
        {
            for (var i = 0; i < one.VariantTags.Count; i++)
            {
                if (!s.TargetTags.Contains(one.VariantTags[i]))
                {
                    yield return new($"{at}.targetTags[{i}]", $"标签“{one.VariantTags[i]}”不在 targetTags 中，请先登记该标签");
                }
            }

            if (one.Leniency is not null && one.PenaltyClause is not (PenaltyClause.Direct or PenaltyClause.WarnAndCorrect))
            {
                yield return new($"{at}.leniency", "首违不罚、轻微不罚只适用于 Direct 或 WarnAndCorrect 的事项，请删除或者改正 penaltyKind");
            }

            if (one.PenaltyClause == PenaltyClause.NoClause && one.IsFiledAtOnce)
            {
                yield return new($"{at}.rectification", "无罚则的事项不能立案，请去掉立案或者改正 penaltyKind");
            }

            if (one.PenaltyClause != PenaltyClause.NoClause && one.Penalises.Count == 0)
            {
                yield return new($"{at}.penalises", $"罚则为“{SeverityText.Of(one.PenaltyClause)}”，请写明处罚条款的代码");
            }

            if (one.SecondTerm && s.Rectification?.NoSecondTermItems.Contains(one.Code) == true)
            {
                yield return new($"{at}.secondTerm", "与 rectification.secondTerm.neverFor 矛盾，请改为 false");
            }
        }
    }

    private static IEnumerable<(string Path, ScenarioItem Item)> WithVariants(ScenarioItem item, string path) =>
        item.Variants.Select((v, i) => ($"{path}.variants[{i}]", v)).Prepend((path, item));

    private static IEnumerable<ScenarioProblem> Duplicates(Scenario s)
    {
        var sets = new[]
        {
            ("departments", "code", s.Departments.Select(d => d.Code)),
            ("items", "code", s.Items.Select(i => i.Code)),
            ("documents", "form", s.Documents.Select(d => d.Form)),
        };
        foreach (var (name, field, codes) in sets)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (code, index) in codes.Select((c, i) => (c, i)).Where(c => c.c.Length > 0 && !seen.Add(c.c)))
            {
                yield return new($"$.{name}[{index}].{field}", $"“{code}”重复，请改用其他代码");
            }
        }
    }

    private static IEnumerable<ScenarioProblem> Rules(Scenario s)
    {
        if (s.Ladders is null)
        {
            yield break;
        }

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
    }
}
