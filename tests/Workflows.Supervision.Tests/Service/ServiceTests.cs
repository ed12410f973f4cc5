using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Service;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Tests.Service;

public sealed class ServiceTests
{
    private readonly World _world = new();

    private static DateTimeOffset At(int day) => ShanghaiTime.At(new DateOnly(2026, 12, day), new TimeOnly(11, 0));

    private static ServiceDetails Details(ServiceMethod method) => method switch
    {
        ServiceMethod.Direct => new() { ReceiverName = "乙", ReceivedAt = At(2) },
        ServiceMethod.LeaveAtResidence => new() { RefusalReason = "不愿签收", ReceivedAt = At(2), Place = "样例路1号", WitnessName = "丙" },
        ServiceMethod.Mail => new() { MailNumber = "EMS1", ReturnSlipDate = new DateOnly(2026, 12, 4) },
        ServiceMethod.Electronic => new() { ConsentDocumentId = "D1", ElectronicAddress = "a@example.cn", ArrivedAt = At(3) },
        ServiceMethod.Delegated => new() { DelegatedOrgan = "某区局", DelegationLetter = "函1", ReceiverName = "乙", ReceivedAt = At(3) },
        _ => new() { NoOtherWayReason = "下落不明", NoticePlace = "门户网站", PublishedOn = new DateOnly(2026, 9, 1) },
    };

    // 民诉法 87–95: which date starts the clocks.
    [Theory]
    [InlineData(ServiceMethod.Direct, "2026-12-02")]
    [InlineData(ServiceMethod.LeaveAtResidence, "2026-12-02")]
    [InlineData(ServiceMethod.Mail, "2026-12-04")]
    [InlineData(ServiceMethod.Electronic, "2026-12-03")]
    [InlineData(ServiceMethod.Delegated, "2026-12-03")]
    [InlineData(ServiceMethod.PublicNotice, "2026-10-08")]
    public void Each_way_takes_effect_on_its_own_day(ServiceMethod method, string day)
    {
        // 30 days after 1 September end on 1 October; the National Day holiday lasts to the 7th.
        Assert.Empty(ServiceRecording.Missing(method, Details(method)));
        Assert.Equal(DateOnly.Parse(day), ServiceRecording.EffectiveOn(method, Details(method), InMemorySession.China));
    }

    [Theory]
    [InlineData(ServiceMethod.Direct, "receiverName receivedAt")]
    [InlineData(ServiceMethod.LeaveAtResidence, "refusalReason receivedAt place witnessName")]
    [InlineData(ServiceMethod.Mail, "mailNumber returnSlipDate")]
    [InlineData(ServiceMethod.Electronic, "consentDocumentId electronicAddress arrivedAt")]
    [InlineData(ServiceMethod.Delegated, "delegatedOrgan delegationLetter receiverName receivedAt")]
    [InlineData(ServiceMethod.PublicNotice, "noOtherWayReason noticePlace publishedOn")]
    public void Each_way_names_all_that_it_lacks(ServiceMethod method, string fields)
    {
        Assert.Equal(fields.Split(' '), ServiceRecording.Missing(method, new ServiceDetails()).Select(m => m.Field));
    }

    private async Task<(Case Case, OfficialDocument Document)> IssuedAsync()
    {
        var (one, _) = await _world.VisitedAsync();
        var visit = (await _world.Session.ListAsync<Visit>(new AggregateFilter { CaseId = one.Id }))[0];
        return (one, await _world.Issuing.IssueAsync(new IssueDocument("inspection-result", visit.Id)));
    }

    [Fact]
    public async Task Service_needs_two_certified_servers_and_lies_between_issue_and_today()
    {
        var (one, document) = await IssuedAsync();
        var service = new ServiceRecording(_world.Session, _world);
        Task Serve(ServiceDetails details, params string[] servers) => service.RecordAsync(new RecordService(one.Id, [document.Id], ServiceMethod.Direct, details, servers)).AsTask();

        await Refused.WithAsync("two-officers", RefusalKind.Invalid, () => Serve(new() { ReceiverName = "乙", ReceivedAt = At(1) }, "CUL1"));
        await Refused.WithAsync("two-officers", RefusalKind.Invalid, () => Serve(new() { ReceiverName = "乙", ReceivedAt = At(1) }, "CUL1", "CUL1"));
        await Refused.WithAsync("service-before-issue", RefusalKind.Invalid, () => Serve(new() { ReceiverName = "乙", ReceivedAt = At(1).AddDays(-1) }, "CUL1", "CUL2"));
        await Refused.WithAsync("service-in-future", RefusalKind.Invalid, () => Serve(new() { ReceiverName = "乙", ReceivedAt = At(2) }, "CUL1", "CUL2"));
        _world.Officers["CUL2"] = _world.Officers["CUL2"] with { CertificateValidTo = new DateOnly(2026, 11, 30) };
        await Refused.WithAsync("certificate-invalid", RefusalKind.Invalid, () => Serve(new() { ReceiverName = "乙", ReceivedAt = At(1) }, "CUL1", "CUL2"));
    }

    [Fact]
    public async Task A_document_of_another_case_is_not_found()
    {
        var (_, document) = await IssuedAsync();
        var other = await _world.OpenCaseAsync("root-2");

        await Refused.WithAsync("document-not-found", RefusalKind.NotFound,
            () => new ServiceRecording(_world.Session, _world).RecordAsync(new RecordService(other.Id, [document.Id], ServiceMethod.Direct, Details(ServiceMethod.Direct), ["CUL1", "CUL2"])).AsTask());
    }
}
