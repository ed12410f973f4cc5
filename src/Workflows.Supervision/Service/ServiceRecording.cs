using Workflows.Supervision.Documents;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Service;

/// <summary>Records service of documents.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="DocumentIds">Documents served.</param>
/// <param name="Method">Way.</param>
/// <param name="Details">Details that the way needs.</param>
/// <param name="ServerIds">Officers who served; two.</param>
public sealed record RecordService(
    string CaseId, IReadOnlyList<string> DocumentIds, ServiceMethod Method, ServiceDetails Details, IReadOnlyList<string> ServerIds);

/// <summary>送达: what each way needs, and the day on which it takes effect. That day starts the clocks.</summary>
/// <param name="session">The session.</param>
/// <param name="rosters">The rosters, for the servers' certificates.</param>
public sealed class ServiceRecording(ISupervisionSession session, IRosterDirectory rosters)
{
    /// <summary>Records service.</summary>
    /// <exception cref="RuleViolationException">
    /// <c>service-incomplete</c> with every missing detail, <c>service-before-issue</c>, <c>service-in-future</c>, <c>document-not-found</c>, <c>two-officers</c>,
    /// <c>certificate-invalid</c>.
    /// </exception>
    public async ValueTask<ProofOfService> RecordAsync(RecordService command, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(command.CaseId, "caseId", "案件", cancellationToken);
        var missing = Missing(command.Method, command.Details);
        if (missing.Count > 0)
        {
            throw Refusal.Invalid("service-incomplete", $"details.{missing[0].Field}",
                $"{NameOf(command.Method)}缺少：{string.Join("、", missing.Select(m => $"{m.Name}（details.{m.Field}）"))}，请补充。");
        }

        var issuedOn = DateOnly.MinValue;
        foreach (var id in command.DocumentIds.Count > 0 ? command.DocumentIds : throw Refusal.Invalid("field-missing", "documentIds", "请选择送达的文书。"))
        {
            var document = await session.GetAsync<OfficialDocument>(id, "documentIds", "文书", cancellationToken);
            if (document.CaseId != one.Id)
            {
                throw Refusal.NotFound("document-not-found", "documentIds", $"文书“{id}”不属于本案，请核对。");
            }

            issuedOn = document.IssuedOn > issuedOn ? document.IssuedOn : issuedOn;
        }

        var began = BeginOf(command.Method, command.Details);
        if (began < issuedOn)
        {
            throw Refusal.Invalid("service-before-issue", "details", $"送达日期{ChineseDate.Of(began)}早于文书签发日期{ChineseDate.Of(issuedOn)}，请核对。");
        }

        if (began > session.Today())
        {
            throw Refusal.Invalid("service-in-future", "details", $"送达日期{ChineseDate.Of(began)}晚于今日，请核对。");
        }

        var servers = await ServersAsync(command.ServerIds, cancellationToken);
        var servedOn = EffectiveOn(command.Method, command.Details, session.Calendar);
        return session.Add(
            new ProofOfService
            {
                Id = session.NewId(),
                CaseKey = one.CaseKey,
                CaseId = one.Id,
                PlanId = one.PlanId,
                TargetId = one.TargetId,
                Area = one.Area,
                Department = session.Actor.Department,
                Created = session.Cause(),
                DocumentIds = command.DocumentIds,
                Method = command.Method,
                Details = command.Details,
                Servers = servers,
                ServedOn = servedOn,
            },
            "service.recorded", ("method", command.Method.ToString()), ("servedOn", servedOn.ToString("yyyy-MM-dd")));
    }

    /// <summary>The details that a way needs and that are not there, with the field's name and its Chinese name.</summary>
    public static IReadOnlyList<(string Field, string Name)> Missing(ServiceMethod method, ServiceDetails d)
    {
        (string Field, string Name, bool There)[] needs = method switch
        {
            ServiceMethod.Direct => [("receiverName", "签收人", Has(d.ReceiverName)), ("receivedAt", "签收时间", d.ReceivedAt is not null)],
            ServiceMethod.LeaveAtResidence =>
            [
                ("refusalReason", "拒收理由", Has(d.RefusalReason)), ("receivedAt", "留置时间", d.ReceivedAt is not null), ("place", "留置地点", Has(d.Place)),
                ("witnessName", "见证人或者影像编号", Has(d.WitnessName) || Has(d.VideoNumber)),
            ],
            ServiceMethod.Mail => [("mailNumber", "邮件编号", Has(d.MailNumber)), ("returnSlipDate", "回执日期", d.ReturnSlipDate is not null)],
            ServiceMethod.Electronic =>
            [
                ("consentDocumentId", "经签字的送达地址确认书", Has(d.ConsentDocumentId)), ("electronicAddress", "电子送达地址", Has(d.ElectronicAddress)),
                ("arrivedAt", "到达时间", d.ArrivedAt is not null),
            ],
            ServiceMethod.Delegated =>
            [
                ("delegatedOrgan", "受托机关", Has(d.DelegatedOrgan)), ("delegationLetter", "委托函编号", Has(d.DelegationLetter)),
                ("receiverName", "签收人", Has(d.ReceiverName)), ("receivedAt", "签收时间", d.ReceivedAt is not null),
            ],
            _ =>
            [
                ("noOtherWayReason", "无法以其他方式送达的原因", Has(d.NoOtherWayReason)), ("noticePlace", "公告载体", Has(d.NoticePlace)),
                ("publishedOn", "公告日期", d.PublishedOn is not null),
            ],
        };
        return [.. needs.Where(n => !n.There).Select(n => (n.Field, n.Name))];
    }

    /// <summary>
    /// The day of service: of the signature (direct, delegated), of leaving (residence), of the return slip (mail), of arrival in the
    /// party's system (electronic), or the last of the 30 days after publication (民诉法 87–95).
    /// </summary>
    /// <param name="method">The way.</param>
    /// <param name="details">Its details, complete.</param>
    /// <param name="calendar">The calendar, for the roll-over of the 30 days.</param>
    public static DateOnly EffectiveOn(ServiceMethod method, ServiceDetails details, WorkCalendar calendar) =>
        method == ServiceMethod.PublicNotice
            ? LegalDeadline.Compute(BeginOf(method, details), LegalPeriod.CalendarDays(30), calendar).Due
            : BeginOf(method, details);

    /// <summary>Name of a way as printed.</summary>
    public static string NameOf(ServiceMethod method) => method switch
    {
        ServiceMethod.Direct => "直接送达",
        ServiceMethod.LeaveAtResidence => "留置送达",
        ServiceMethod.Mail => "邮寄送达",
        ServiceMethod.Electronic => "电子送达",
        ServiceMethod.Delegated => "委托送达",
        _ => "公告送达",
    };

    private static DateOnly BeginOf(ServiceMethod method, ServiceDetails d) => method switch
    {
        ServiceMethod.Mail => d.ReturnSlipDate!.Value,
        ServiceMethod.Electronic => ShanghaiTime.DateOf(d.ArrivedAt!.Value),
        ServiceMethod.PublicNotice => d.PublishedOn!.Value,
        _ => ShanghaiTime.DateOf(d.ReceivedAt!.Value),
    };

    private async ValueTask<IReadOnlyList<OfficerSignature>> ServersAsync(IReadOnlyList<string> ids, CancellationToken ct)
    {
        var servers = new List<OfficerSignature>();
        for (var i = 0; i < ids.Count; i++)
        {
            var standing = await rosters.FindOfficerAsync(ids[i], ct);
            if (standing is not { InService: true, CertificateNumber: { } number } || standing.CertificateValidTo < session.Today())
            {
                throw Refusal.Invalid("certificate-invalid", $"serverIds[{i}]", $"送达人“{ids[i]}”没有有效执法证件，请更换。");
            }

            servers.Add(new OfficerSignature(standing.Id, standing.Name, number, session.Now));
        }

        return servers.DistinctBy(s => s.OfficerId).Count() >= 2
            ? servers
            : throw Refusal.Invalid("two-officers", "serverIds", "送达须由两名执法人员实施，请补充送达人。");
    }

    private static bool Has(string? text) => !string.IsNullOrWhiteSpace(text);
}
