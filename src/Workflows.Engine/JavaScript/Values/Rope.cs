namespace Workflows.Engine.JavaScript.Values;

/// <summary>
/// A long string that is still in pieces, so that <c>s += x</c> in a loop costs what it adds and not what it has.
/// It becomes one string when somebody reads it; that is when the evaluation pays for the characters.
/// </summary>
internal sealed class Rope
{
    private const int WorthIt = 512;
    private readonly Evaluation _owner;
    private object? _left;
    private object? _right;
    private string? _flat;

    private Rope(Evaluation owner, object left, object right, int length)
    {
        _owner = owner;
        _left = left;
        _right = right;
        Length = length;
    }

    public int Length { get; }

    public static JsValue Join(Evaluation evaluation, JsValue left, JsValue right)
    {
        int l = left.TextLength, r = right.TextLength;
        if (l == 0)
        {
            return right;
        }

        if (r == 0)
        {
            return left;
        }

        long length = (long)l + r;
        if (length < WorthIt)
        {
            evaluation.ChargeText(length);
            return string.Concat(left.Text, right.Text);
        }

        evaluation.Charge(64);
        evaluation.RequireRoomForText(length);
        return new Rope(evaluation, left.Ref!, right.Ref!, (int)length);
    }

    public override string ToString()
    {
        if (_flat is null)
        {
            _owner.ChargeText(Length);
            _flat = string.Create(Length, this, static (span, rope) => rope.CopyTo(span));
            _left = _right = null;
        }

        return _flat;
    }

    private void CopyTo(Span<char> target)
    {
        // From right to left with a stack of our own: ropes grow as deep as loops turn.
        var pending = new Stack<object>();
        pending.Push(this);
        var end = target.Length;
        while (pending.TryPop(out var piece))
        {
            if (piece is Rope { _flat: null } rope)
            {
                pending.Push(rope._left!);
                pending.Push(rope._right!);
                continue;
            }

            var text = piece as string ?? ((Rope)piece)._flat!;
            end -= text.Length;
            text.CopyTo(target[end..]);
        }
    }
}
