using System.Collections.Frozen;

namespace Workflows.Engine.JavaScript.Syntax;

/// <summary>What JavaScript has and workflows do not allow: the name that people know it by, and what to write instead.</summary>
internal static class Refusals
{
    private const string Plain = "请改用对象字面量和普通函数";

    private static readonly FrozenDictionary<string, (string Construct, string Remedy)> Constructs = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["class"] = ("类（class）", Plain),
        ["super"] = ("super", Plain),
        ["extends"] = ("extends", Plain),
        ["generator"] = ("生成器函数（function*）", "请用数组和循环"),
        ["yield"] = ("yield", "请用数组和循环"),
        ["async"] = ("异步函数（async）", "脚本同步执行，需要等待的事情请放在流程的活动里"),
        ["await"] = ("await", "脚本同步执行，需要等待的事情请放在流程的活动里"),
        ["import"] = ("import", "脚本不能引入模块，请使用内置函数"),
        ["export"] = ("export", "脚本不能导出，请直接返回结果"),
        ["with"] = ("with", "请写出完整的对象名"),
        ["debugger"] = ("debugger", "请删除该语句"),
        ["accessor"] = ("getter/setter（get、set 访问器）", "请改用普通属性或方法"),
        ["prototype"] = ("原型（prototype）", Plain),
        ["__proto__"] = ("原型（__proto__）", Plain),
        ["constructor"] = ("constructor 属性", "请用 Array.isArray、typeof 或 instanceof 判断类型"),
        ["BigInt"] = ("大整数（BigInt）", "请用普通数字或字符串"),
        ["tagged"] = ("带标签的模板字符串", "请改为普通函数调用"),
        ["new"] = ("new 用于非内置类型", "只能新建 Date、Map、Set、Array、Object、RegExp 和各种 Error；其他对象请写对象字面量"),
        ["new.target"] = ("new.target", Plain),
        ["private"] = ("私有成员（#）", Plain),
        ["decorator"] = ("装饰器（@）", Plain),
        ["eval"] = ("eval", "请直接书写表达式"),
        ["Function"] = ("Function 构造函数", "请直接书写函数"),
        ["Symbol"] = ("Symbol", "请用字符串作键"),
        ["Promise"] = ("Promise", "脚本同步执行，需要等待的事情请放在流程的活动里"),
        ["Proxy"] = ("Proxy", Plain),
        ["Reflect"] = ("Reflect", "请用 Object.keys 等方法"),
        ["globalThis"] = ("globalThis", "请直接使用名称"),
        ["window"] = ("window", "脚本不在浏览器中运行"),
        ["document"] = ("document", "脚本不在浏览器中运行"),
        ["process"] = ("process", "脚本不能访问运行环境"),
        ["require"] = ("require", "脚本不能引入模块，请使用内置函数"),
        ["module"] = ("module", "脚本不能导出，请直接返回结果"),
        ["fetch"] = ("fetch", "请使用发送 HTTP 请求的活动"),
        ["XMLHttpRequest"] = ("XMLHttpRequest", "请使用发送 HTTP 请求的活动"),
        ["setTimeout"] = ("setTimeout", "请使用延时活动"),
        ["setInterval"] = ("setInterval", "请使用定时活动"),
        ["queueMicrotask"] = ("queueMicrotask", "脚本同步执行"),
        ["WeakMap"] = ("WeakMap", "请用 Map"),
        ["WeakSet"] = ("WeakSet", "请用 Set"),
        ["WeakRef"] = ("WeakRef", "请直接保存值"),
        ["Object.defineProperty"] = ("Object.defineProperty", "请直接给属性赋值"),
        ["Object.defineProperties"] = ("Object.defineProperties", "请直接给属性赋值"),
        ["Object.create"] = ("Object.create", "请用 {} 或对象展开 {...o}"),
        ["Object.setPrototypeOf"] = ("Object.setPrototypeOf", Plain),
        ["Object.getPrototypeOf"] = ("Object.getPrototypeOf", "请用 Array.isArray、typeof 或 instanceof 判断类型"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Globals = new[]
    {
        "eval", "Function", "Symbol", "Promise", "Proxy", "Reflect", "globalThis", "window", "document", "process", "require", "module",
        "fetch", "XMLHttpRequest", "setTimeout", "setInterval", "queueMicrotask", "WeakMap", "WeakSet", "WeakRef", "BigInt",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What <c>new</c> may stand before.</summary>
    public static FrozenSet<string> Constructible { get; } = new[]
    {
        "Date", "Map", "Set", "Array", "Object", "RegExp",
        "Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError", "AggregateError",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True where a name that the script does not declare itself may not be used.</summary>
    public static bool IsGlobal(string name) => Globals.Contains(name);

    /// <summary>True where <c>Object.name</c> may not be used.</summary>
    public static bool IsObjectFunction(string name) => Constructs.ContainsKey("Object." + name);

    /// <summary>True where <c>x.name</c> may not be used.</summary>
    public static bool IsMember(string name) => name is "prototype" or "__proto__" or "constructor";

    public static ScriptException Error(string source, string construct, int position)
    {
        var (name, remedy) = Constructs[construct];
        return SourceText.Error(source, ScriptErrorKind.Refused, $"流程脚本不支持{name}，{remedy}。", position);
    }
}
