using Workflows.Supervision.Guards;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Inspections;

/// <summary>
/// 现场核实当事人: an unknown person or site is identified at the door. What was issued before says 待现场核实; what is issued afterwards needs the data. The number of an identity document
/// stays in the case and is never copied to a roster or to the audit trail.
/// </summary>
/// <param name="session">The session.</param>
public sealed class PartyIdentifying(ISupervisionSession session)
{
    private const string Field = "data.identification";

    /// <summary>Completes who the party is, or records that nobody could find out.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="command">What the papers say.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RuleViolationException"><c>party-known</c>, <c>field-missing</c>, <c>credit-code</c>, <c>identity-number</c>, <c>officer-required</c>.</exception>
    public async ValueTask<Case> IdentifyAsync(string caseId, IdentifyParty command, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        Deciders.RequireOfficer(session.Actor, "核实当事人身份");
        if (one.Target.Identity is null)
        {
            throw Refusal.Conflict("party-known", Field, "检查对象在名录中，身份以名录登记为准，不能在现场另行填写；名录有误的，请先更新名录。");
        }

        if (!string.IsNullOrWhiteSpace(command.UnknownReason))
        {
            // Papers that were seen are not unseen because a later sheet of the same visit says that nobody could be found.
            if (one.Target.Identity == PartyIdentity.Verified)
            {
                return one;
            }

            return MarkUnknown(session, one, command.UnknownReason);
        }

        var kind = command.Kind ?? throw Refusal.Invalid("field-missing", $"{Field}.kind", "缺少当事人类型（个人、个体工商户或者单位），请选择；确实无法查明的，请填写无法查明的原因。");
        var isPerson = kind == PartyKind.Individual;
        var name = Refusal.Text(command.Name, $"{Field}.name", "当事人名称");
        var target = one.Target with
        {
            Name = name,
            Kind = (isPerson ? TargetKind.Person : TargetKind.Premises).ToString(),
            IsIndividual = isPerson,
            CreditCode = isPerson ? null : RequireCreditCode(command.CreditCode),
            IdentityNumber = isPerson ? RequireIdentityNumber(command.IdentityNumber) : null,
            Address = Refusal.Text(command.Address, $"{Field}.address", "当事人地址"),
            Representative = isPerson ? name : Refusal.Text(command.Representative, $"{Field}.representative", "法定代表人（负责人、经营者）"),
            RepresentativeTitle = kind == PartyKind.IndividualBusiness ? "经营者" : null,
            Phone = string.IsNullOrWhiteSpace(command.Phone) ? one.Target.Phone : command.Phone.Trim(),
            Identity = PartyIdentity.Verified,
            UnknownReason = null,
        };
        if (await session.FindAsync<TargetRecord>(one.Target.Id, cancellationToken) is { Target.IsAdHoc: true } made)
        {
            session.Save(made with
            {
                Target = made.Target with
                {
                    Name = target.Name, Kind = isPerson ? TargetKind.Person : TargetKind.Premises, CreditCode = target.CreditCode, Address = target.Address,
                    Representative = target.Representative, Phone = target.Phone,
                },
            });
        }

        return session.Update(one with { Target = target }, "party.identified", ("kind", EnumNames<PartyKind>.NameOf(kind)), ("target", target.Id));
    }

    /// <summary>Refuses what cannot be done while nobody knows who the party is.</summary>
    /// <exception cref="RuleViolationException"><c>party-unidentified</c>.</exception>
    internal static void Require(Case one, string act)
    {
        if (one.Target.Identity == PartyIdentity.Pending)
        {
            throw Refusal.Invalid("party-unidentified", Field,
                $"当事人身份待现场核实，不能{act}：请填写当事人类型、名称、统一社会信用代码或者身份证件号码、地址（{Field}）；经核查确实无法查明的，请填写无法查明的原因（{Field}.unknownReason）。");
        }
    }

    internal static Case MarkUnknown(ISupervisionSession session, Case one, string reason) => session.Update(
        one with { Target = one.Target with { Identity = PartyIdentity.Unknown, UnknownReason = Refusal.Text(reason, $"{Field}.unknownReason", "当事人无法查明的原因") } },
        "party.unknown", ("target", one.Target.Id));

    // GB 32100: digits and capital letters without I, O, S, V, Z. The check character is left to the register: codes are copied from the licence, and what a licence says stands.
    private static string RequireCreditCode(string? given)
    {
        var code = Refusal.Text(given, $"{Field}.creditCode", "统一社会信用代码").Trim().ToUpperInvariant();
        return code.Length == 18 && code.All(c => char.IsAsciiDigit(c) || (char.IsAsciiLetterUpper(c) && !"IOSVZ".Contains(c, StringComparison.Ordinal)))
            ? code
            : throw Refusal.Invalid("credit-code", $"{Field}.creditCode", "统一社会信用代码应为18位数字或者大写字母（不含I、O、S、V、Z），请按营业执照核对。");
    }

    private static string RequireIdentityNumber(string? given)
    {
        var number = Refusal.Text(given, $"{Field}.identityNumber", "身份证件号码").Trim().ToUpperInvariant();
        var isResident = number.Length == 18 && number[..17].All(char.IsAsciiDigit);
        if (isResident ? number[17] != CheckCharacter(number[..17]) : number.Length is < 5 or > 20 || !number.All(char.IsAsciiLetterOrDigit))
        {
            throw Refusal.Invalid("identity-number", $"{Field}.identityNumber", isResident ? "居民身份证号码的校验位不对，请核对证件。" : "身份证件号码应为5至20位字母或者数字，请核对证件。");
        }

        return number;
    }

    /// <summary>The check character of a resident's number (GB 11643-1999, ISO 7064 MOD 11-2).</summary>
    /// <param name="digits">The first seventeen digits.</param>
    public static char CheckCharacter(string digits)
    {
        var rest = 0;
        foreach (var digit in digits)
        {
            rest = (rest + digit - '0') * 2 % 11;
        }

        return "10X98765432"[rest % 11];
    }
}
