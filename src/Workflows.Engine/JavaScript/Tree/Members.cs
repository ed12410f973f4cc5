using Workflows.Engine.JavaScript.Library;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Tree;

/// <summary>Properties of any value: of objects their own and their type's, of strings and numbers those of their type.</summary>
internal static class Properties
{
    public static JsValue Get(Evaluation evaluation, JsValue target, string key)
    {
        if (target.AsObject is { } found)
        {
            return found.Get(evaluation, key);
        }

        if (target.IsString)
        {
            if (key == "length")
            {
                return target.TextLength;
            }

            if (JsArray.TryIndex(key, out var index))
            {
                return index < target.TextLength ? Characters.Of(target.Text[(int)index]) : default(JsValue);
            }

            return StringMethods.Table.Find(key) is { } method ? method : default(JsValue);
        }

        if (target.IsNullish)
        {
            var what = target.IsNull ? "null" : "undefined";
            throw evaluation.TypeError($"Cannot read properties of {what} (reading '{key}')", $"不能读取 {what} 的属性“{key}”，请先判断是否为空，或改用 ?.。");
        }

        var table = target.IsNumber ? NumberMethods.Table : NumberMethods.BooleanTable;
        return table.Find(key) is { } function ? function : default(JsValue);
    }

    public static JsValue GetIndex(Evaluation evaluation, JsValue target, JsValue key)
    {
        if (target.AsObject is { } found)
        {
            return found.GetIndex(evaluation, key);
        }

        if (target.IsString && key.IsNumber)
        {
            var index = (int)key.Num;
            if (index == key.Num && (uint)index < (uint)target.TextLength)
            {
                return Characters.Of(target.Text[index]);
            }
        }

        return Get(evaluation, target, target.IsNullish && key.IsObject ? "[object]" : Conversions.ToKey(evaluation, key));
    }

    public static void Set(Evaluation evaluation, JsValue target, string key, JsValue value)
    {
        if (target.AsObject is { } found)
        {
            found.Set(evaluation, key, value);
        }
        else
        {
            Refuse(evaluation, target, key);
        }
    }

    public static void SetIndex(Evaluation evaluation, JsValue target, JsValue key, JsValue value)
    {
        if (target.AsObject is { } found)
        {
            found.SetIndex(evaluation, key, value);
        }
        else
        {
            Refuse(evaluation, target, Conversions.ToKey(evaluation, key));
        }
    }

    private static void Refuse(Evaluation evaluation, JsValue target, string key)
    {
        if (target.IsNullish)
        {
            var what = target.IsNull ? "null" : "undefined";
            throw evaluation.TypeError($"Cannot set properties of {what} (setting '{key}')", $"不能给 {what} 设置属性“{key}”，请先判断是否为空。");
        }
    }
}

/// <summary>Texts of one character, made once.</summary>
internal static class Characters
{
    private static readonly string[] Ascii = [.. Enumerable.Range(0, 128).Select(static c => ((char)c).ToString())];

    public static string Of(char c) => c < 128 ? Ascii[c] : c.ToString();
}

/// <summary>A member by fixed name or by computed key: what a call takes its receiver from.</summary>
internal abstract class AccessNode(Node target, bool isOptional) : Node
{
    public Node Target => target;

    public bool IsOptional => isOptional;

    /// <summary>Evaluates the receiver.</summary>
    /// <returns>False where a <c>?.</c> chain stops here.</returns>
    public bool Receive(Frame frame, out JsValue receiver)
    {
        receiver = target.Eval(frame);
        return !(receiver.IsStopped || (isOptional && receiver.IsNullish));
    }

    public override JsValue Eval(Frame frame) => Receive(frame, out var receiver) ? Read(frame, receiver) : JsValue.Stopped;

    public abstract JsValue Read(Frame frame, JsValue receiver);

    /// <summary>The key as a value, evaluated once for compound assignment and <c>delete</c>.</summary>
    public abstract JsValue Key(Frame frame);

    public abstract JsValue Read(Frame frame, JsValue receiver, JsValue key);

    public abstract void Write(Frame frame, JsValue receiver, JsValue key, JsValue value);

    public override void Store(Frame frame, JsValue value) => Write(frame, target.Eval(frame), Key(frame), value);
}

/// <summary><c>x.name</c> or <c>x?.name</c>.</summary>
internal sealed class MemberNode(Node target, string name, bool isOptional) : AccessNode(target, isOptional)
{
    public string Name => name;

    public override JsValue Read(Frame frame, JsValue receiver)
    {
        if (receiver.AsObject is { } found)
        {
            return found.Get(frame.Evaluation, name);
        }

        frame.Evaluation.Position = Position;
        return Properties.Get(frame.Evaluation, receiver, name);
    }

    public override JsValue Key(Frame frame) => name;

    public override JsValue Read(Frame frame, JsValue receiver, JsValue key) => Read(frame, receiver);

    public override void Write(Frame frame, JsValue receiver, JsValue key, JsValue value)
    {
        frame.Evaluation.Position = Position;
        Properties.Set(frame.Evaluation, receiver, name, value);
    }

    public override string Describe() => $"{Target.Describe()}.{name}";
}

/// <summary><c>x[key]</c> or <c>x?.[key]</c>.</summary>
internal sealed class IndexNode(Node target, Node key, bool isOptional) : AccessNode(target, isOptional)
{
    public override JsValue Read(Frame frame, JsValue receiver) => Read(frame, receiver, key.Eval(frame));

    public override JsValue Key(Frame frame)
    {
        var value = key.Eval(frame);
        return value.IsObject ? Conversions.ToKey(frame.Evaluation, value) : value;
    }

    public override JsValue Read(Frame frame, JsValue receiver, JsValue key)
    {
        frame.Evaluation.Position = Position;
        return Properties.GetIndex(frame.Evaluation, receiver, key);
    }

    public override void Write(Frame frame, JsValue receiver, JsValue key, JsValue value)
    {
        frame.Evaluation.Position = Position;
        Properties.SetIndex(frame.Evaluation, receiver, key, value);
    }

    public override string Describe() => key is Constant or NameNode ? $"{Target.Describe()}[{key.Describe()}]" : $"{Target.Describe()}[...]";
}

/// <summary>The whole of a chain with <c>?.</c>: where it stops the chain is <c>undefined</c>.</summary>
internal sealed class ChainNode(Node inner) : Node
{
    public Node Inner => inner;

    public override JsValue Eval(Frame frame)
    {
        var value = inner.Eval(frame);
        return value.IsStopped ? default : value;
    }

    public override string Describe() => inner.Describe();
}

internal sealed class DeleteNode(Node target) : Node
{
    public override JsValue Eval(Frame frame)
    {
        var bare = StackGuard.Bare(target);
        var place = bare is ChainNode chain ? StackGuard.Bare(chain.Inner) : bare;
        if (place is not AccessNode access)
        {
            if (place is NameNode)
            {
                return false;
            }

            place.Eval(frame);
            return true;
        }

        if (!access.Receive(frame, out var receiver))
        {
            return true;
        }

        var key = Conversions.ToKey(frame.Evaluation, access.Key(frame));
        frame.Evaluation.Position = Position;
        if (receiver.IsNullish)
        {
            throw frame.Evaluation.TypeError("Cannot convert undefined or null to object", "不能删除 null 或 undefined 的属性。");
        }

        return receiver.AsObject?.Delete(frame.Evaluation, key) ?? true;
    }
}
