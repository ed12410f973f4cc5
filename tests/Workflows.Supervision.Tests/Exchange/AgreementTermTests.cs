using Workflows.Supervision.Evidences;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Exchange;

public sealed class AgreementTermTests
{
    // The session's day is 2026-12-01.
    [Theory]
    [InlineData("2026-06-30", "2026-06-30")]
    [InlineData("2027-06-30", "2026-11-30")]
    [InlineData(null, "2026-11-30")]
    public async Task An_end_shortens_the_term_of_an_agreement_and_never_lengthens_it(string? to, string ends)
    {
        var service = new AgreementService(new InMemorySession());
        var agreement = await service.RegisterAsync(New(CooperationPermission.Evidence) with { To = to is null ? null : DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture) });
        Assert.Equal(DateOnly.Parse(ends, System.Globalization.CultureInfo.InvariantCulture), (await service.EndAsync(agreement.Id, "到期")).To);
    }

    [Theory]
    [InlineData(CooperationPermission.Findings)]
    [InlineData(CooperationPermission.Facts)]
    public async Task What_no_agreement_can_switch_on_yet_is_refused(CooperationPermission permission) =>
        Assert.Equal("agreement-permission", (await Assert.ThrowsAsync<RuleViolationException>(async () => await new AgreementService(new InMemorySession()).RegisterAsync(New(permission)))).Code);

    private static RegisterAgreement New(CooperationPermission permission) => new("样例协议", "样例协〔2026〕1号", ["HEA", "TOB"], [permission], new DateOnly(2026, 1, 1));
}
