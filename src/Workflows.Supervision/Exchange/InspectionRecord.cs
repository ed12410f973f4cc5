using Workflows.Supervision.Inspections;

namespace Workflows.Supervision.Exchange;

/// <summary>The lines of a checklist as arrival and signed record.</summary>
internal sealed class InspectionRecord(ExchangeRecord record, ExchangePlatform platform, InspectionTeam team, IReadOnlyDictionary<string, ItemAnswer> answers)
{
    private readonly Dictionary<string, List<TeamMember>> _officers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _absent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>Line of each place in the record.</summary>
    public IReadOnlyDictionary<string, int> Lines => _lines;

    /// <summary>Ids of officers who came.</summary>
    public IReadOnlySet<string> Came => _officers.Where(pair => !_absent.ContainsKey(pair.Key)).SelectMany(pair => pair.Value).Select(member => member.OfficerId).ToHashSet(StringComparer.Ordinal);

    /// <summary>Who came, and when.</summary>
    public VisitArrival Arrival { get; private set; } = new([]);

    /// <summary>Certificates and code shown.</summary>
    public CertificatesShown Certificates => new(record.With("actionCode").Text("actionCode") ?? "", record.With("recusalAnswer").Text("recusalAnswer") ?? "");

    /// <summary>The record; what is wrong is reported on the lines.</summary>
    public VisitRecord Read(DateTimeOffset now)
    {
        foreach (var row in record.Rows)
        {
            ReadPeople(row);
        }

        var (arrived, ended, signed) = (Time("arrivedAt"), Time("endedAt"), Time("partySignedAt"));
        if (arrived is null)
        {
            record.Rows[0].Needed("arrivedAt");
        }

        foreach (var (field, at) in new[] { ("arrivedAt", arrived), ("endedAt", ended), ("partySignedAt", signed) })
        {
            if (at > now || at < arrived)
            {
                record.With(field).Report(field, record.With(field).Text(field)!, at > now ? "晚于现在。" : "早于到场时间。", "请核对时间（北京时间）。");
            }
        }

        var present = _officers.Keys.Where(code => !_absent.ContainsKey(code)).ToList();
        Arrival = new VisitArrival(
            [.. present.Select(code => new Attendance(code, [.. _officers[code].Select(member => member.OfficerId)], []))],
            _absent.Count > 0 ? _absent : null, arrived, null, ExchangeSteps.HomeEntry(record, arrived ?? now));
        var sections = record.Rows.Where(row => !IsAbsent(row)).GroupBy(SectionOf, StringComparer.Ordinal).Select((group, index) => Section(group.Key, [.. group], index, ended ?? signed ?? now)).ToList();
        return new VisitRecord(
            sections,
            new PartySignature
            {
                PersonName = Text("partyName") ?? "", Capacity = Text("partyCapacity"), Statement = Text("partyStatement"), SignedAt = signed,
                RefusalReason = Text("partyRefusal"), WitnessName = Text("witness"), VideoNumber = Text("video"),
            },
            ended);
    }

    private void ReadPeople(ExchangeRow row)
    {
        var department = row.Text("department") ?? "";
        if (!platform.SpeaksFor(department))
        {
            row.Report("department", department, "该平台不能代此部门报送。", "请由该部门自行记录，或者调整互联平台的部门范围。");
        }

        if (row.Text("absence") is { } reason)
        {
            _absent.TryAdd(department, reason);
            if (row.Text("answer") is not null)
            {
                row.Report("absence", reason, "部门缺席而事项有检查结果。", "请清空缺席原因，或者由到场部门固定事实。");
            }

            return;
        }

        var section = SectionOf(row);
        if (!_officers.TryGetValue(section, out var officers))
        {
            _officers[section] = officers = [];
        }

        foreach (var certificate in row.List("officers"))
        {
            if (team.OfficersOf(section).FirstOrDefault(member => member.CertificateNumber == certificate) is not { } member)
            {
                row.Report("officers", certificate, "不是本次检查小组中该部门的执法证号。", "请核对证号；人员有更换的，请先在本平台办理更换。");
            }
            else if (!officers.Contains(member))
            {
                officers.Add(member);
            }
        }
    }

    private VisitSection Section(string department, List<ExchangeRow> rows, int index, DateTimeOffset at) => new()
    {
        Department = department,
        Items = [.. rows.Select((row, i) => Item(row, $"sections[{index}].items[{i}]"))],
        Signatures = [.. _officers.GetValueOrDefault(department, []).Select(member => new OfficerSignature(member.OfficerId, member.Name, member.CertificateNumber!, at))],
    };

    private ItemResult Item(ExchangeRow row, string place)
    {
        _lines[place] = row.Line;
        row.Needed("answer");
        var fixedAt = row.Time("fixedAt");
        return new ItemResult
        {
            ItemCode = row.Text("itemCode") ?? "",
            VariantCode = row.Text("variant"),
            Answer = row.Choice("answer", answers) ?? ItemAnswer.NotChecked,
            Facts = row.Text("facts"),
            EvidenceIds = row.List("evidence"),
            ViolatedOn = row.Date("violatedOn"),
            Fix = fixedAt is { } at ? new OnTheSpotFix(at, row.Text("fixedBefore") ?? "", row.Text("fixedAfter") ?? "", row.Text("fixedHow") ?? "") : null,
            FactsFixedBy = row.Text("factsFixedBy"),
        };
    }

    private bool IsAbsent(ExchangeRow row) => row.Text("department") is { } department && _absent.ContainsKey(department) && row.Text("factsFixedBy") is null;

    private static string SectionOf(ExchangeRow row) => row.Text("factsFixedBy") ?? row.Text("department") ?? "";

    private string? Text(string field) => record.With(field).Text(field);

    private DateTimeOffset? Time(string field) => record.With(field).Time(field);
}
