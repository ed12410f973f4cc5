using Workflows.Host.Api.Escalation;
using Workflows.Supervision.Escalation;
using static Workflows.Host.Api.Exports.Workbooks;

namespace Workflows.Host.Api.Exports;

/// <summary>黄牌、红牌 and 督办单 as workbooks.</summary>
internal static class CardExports
{
    /// <summary>Maps them.</summary>
    public static void MapCardExports(this IEndpointRouteBuilder api)
    {
        api.MapGet("/cards.xlsx", CardsAsync).Sheet("督办", "导出Excel：与 /api/cards 相同的条件，全部页");
        api.MapGet("/cards/falling.xlsx", FallingAsync).Sheet("督办", "导出Excel：与 /api/cards/falling 相同的条件");
        api.MapGet("/supervision-orders.xlsx", OrdersAsync).Sheet("督办", "导出Excel：与 /api/supervision-orders 相同的条件，全部页");
    }

    private static async Task<IResult> CardsAsync(
        CardList list, SheetNames names, CancellationToken cancellationToken, CardState? state = null, bool open = false, CardColour? colour = null, string? department = null, string? scenario = null, string? area = null,
        string? caseId = null)
    {
        var cards = await AllAsync(page => list.CardsAsync(page, new CardFilter(state?.ToString(), open, colour, department, scenario, area, caseId), cancellationToken));
        var cases = await (await names.ReadAsync(cancellationToken)).CasesAsync(cards.Select(card => card.CaseId), cancellationToken);
        return Book("预警牌", ["编号", "牌", "单位", "事由", "案号", "对象", "场景", "区划", "状态", "发出时间", "答复期限", "暂缓理由", "答复", "申诉", "申诉决定"], cards.Select(card =>
        {
            var one = card.CaseId is { } id ? cases.GetValueOrDefault(id) : null;
            return (string?[])
            [
                card.Id, ColourOf(card.Colour), names.Department(card.Department), card.Reason, one?.Number, one?.Target.Name, names.Scenario(one?.ScenarioCode), names.Area(card.Area),
                ListWords.Of(card.State), Time(card.Created.At), Time(card.AnswerBy), card.Hold?.Reason, card.Answer?.Reason, card.Appeal?.Reason, card.AppealDecision?.Reason,
            ];
        }));
    }

    private static async Task<IResult> FallingAsync(
        FallingCards falling, SheetNames names, CancellationToken cancellationToken, int days = 1, CardColour? colour = null, string? department = null, string? scenario = null, string? area = null, string? caseId = null)
    {
        var cards = await falling.ReadAsync(LateRoutes.Days(days), new CardFilter(Colour: colour, Department: department, Scenario: scenario, Area: area, CaseId: caseId), cancellationToken);
        await names.ReadAsync(cancellationToken);
        return Book("即将发牌", ["牌", "何时发", "对象", "案号", "场景", "区划", "承办", "阶梯", "暂缓至", "暂缓理由", "暂缓人"], cards.Select(card => (string?[])
        [
            ColourOf(card.Colour), Time(card.FallsAt), card.Target, card.CaseNumber, names.Scenario(card.Scenario), names.Area(card.Area), names.Owner(card.Owner), card.Step,
            Day(card.Hold?.Until), card.Hold?.By.Reason, card.Hold?.By.Name,
        ]));
    }

    private static async Task<IResult> OrdersAsync(
        CardList list, SheetNames names, CancellationToken cancellationToken, SupervisionOrderState? state = null, bool open = false, string? department = null, string? scenario = null, string? area = null, string? caseId = null)
    {
        var orders = await AllAsync(page => list.OrdersAsync(page, new CardFilter(state?.ToString(), open, null, department, scenario, area, caseId), cancellationToken));
        var cases = await (await names.ReadAsync(cancellationToken)).CasesAsync(orders.Select(order => order.CaseId), cancellationToken);
        return Book("督办单", ["编号", "督办事项", "承办单位", "要求", "案号", "对象", "场景", "区划", "状态", "回复期限", "办理结果", "超期原因", "异议"], orders.Select(order =>
        {
            var one = order.CaseId is { } id ? cases.GetValueOrDefault(id) : null;
            return (string?[])
            [
                order.Id, order.Summary, names.Department(order.Department), order.Requirement, one?.Number, one?.Target.Name, names.Scenario(one?.ScenarioCode), names.Area(order.Area),
                ListWords.Of(order.State), Day(order.ReplyDue), order.Reply?.Result, order.Reply?.Reason, order.Objection?.Reason,
            ];
        }));
    }

    private static string ColourOf(CardColour colour) => colour == CardColour.Red ? "红牌" : "黄牌";
}
