using System.Runtime.CompilerServices;
using Workflows.Engine.JavaScript.Tree;

namespace Workflows.Engine.JavaScript.Syntax;

/// <summary>
/// Reads a source into a tree whose names are bound to slots. Recursive descent; arrows and destructuring are read as
/// expressions first and turned into patterns when <c>=></c> or <c>=</c> shows what they are.
/// </summary>
internal sealed partial class Parser
{
    private const int LevelsBetweenGuards = 16;
    private readonly Lexer _lexer;
    private readonly ScriptLimits _limits;
    private readonly List<NameNode> _names = [];
    private readonly List<Scope> _scopes = [];

    /// <summary><c>{a = 1}</c> that is an error unless it turns out to be a pattern.</summary>
    private readonly HashSet<AssignNode> _unclaimedDefaults = [];
    private readonly List<string> _globals = [];
    private Token _token;
    private int _previousEnd;
    private int _depth;
    private Scope _scope;

    private Parser(string source, ScriptLimits limits)
    {
        _lexer = new Lexer(source);
        _limits = limits;
        Program = new FunctionCode { IsProgram = true };
        _scope = Program.Scope = NewScope(null, Program, isFunction: true);
    }

    private FunctionCode Program { get; }

    /// <summary>Parses a source.</summary>
    /// <returns>The script as a function without parameters, and the names that it takes from outside.</returns>
    public static (FunctionCode Program, string[] Globals) Parse(string source, ScriptLimits limits)
    {
        if (source.Length > limits.MaxSourceLength)
        {
            throw new ScriptException(ScriptErrorKind.Limit, $"脚本长 {source.Length} 个字符，超过上限 {limits.MaxSourceLength}，请拆分。", 1, 1);
        }

        var parser = new Parser(source, limits);
        parser.ParseProgram();
        return (parser.Program, [.. parser._globals]);
    }

    private void ParseProgram()
    {
        _token = _lexer.Read(0);
        var body = new List<Statement>();
        while (_token.Kind != TokenKind.End)
        {
            body.Add(ParseStatement(isListItem: true));
        }

        Program.Body = [.. body];
        foreach (var unclaimed in _unclaimedDefaults)
        {
            throw Error("对象字面量中属性名后应为“:”，“=” 只能用于解构的默认值。", unclaimed.Position);
        }

        foreach (var name in _names)
        {
            if (!name.Bind() && Refusals.IsGlobal(name.Name))
            {
                throw Refusals.Error(_lexer.Source, name.Name, name.Position);
            }
        }

        foreach (var scope in _scopes)
        {
            scope.Settle();
        }

        foreach (var name in _names)
        {
            name.Settle(GlobalSlot);
        }
    }

    private int GlobalSlot(string name)
    {
        var slot = _globals.IndexOf(name);
        if (slot < 0)
        {
            slot = _globals.Count;
            _globals.Add(name);
        }

        return slot;
    }

    // Tokens ------------------------------------------------------------------------------------------------------

    private Token Advance()
    {
        var token = _token;
        _previousEnd = token.End;
        _token = _lexer.Read(token.End);
        return token;
    }

    private void ContinueAt(int position)
    {
        _previousEnd = position;
        _token = _lexer.Read(position);
    }

    private Token Peek() => _lexer.Read(_token.End);

    private bool Take(string sign)
    {
        if (!_token.Is(sign))
        {
            return false;
        }

        Advance();
        return true;
    }

    private bool TakeWord(string word)
    {
        if (!_token.IsWord(word))
        {
            return false;
        }

        Advance();
        return true;
    }

    private void Expect(string sign)
    {
        if (!Take(sign))
        {
            throw Unexpected($"此处应为“{sign}”");
        }
    }

    /// <summary>The end of a statement: a semicolon, or a place where the standard puts one.</summary>
    private void ExpectStatementEnd()
    {
        if (!Take(";") && !_token.Is("}") && _token.Kind != TokenKind.End && !_token.AfterLineEnd)
        {
            throw Unexpected("语句应在此结束（缺少分号或换行）");
        }
    }

    private ScriptException Error(string reason, int position) => _lexer.Error(reason, position);

    private ScriptException Unexpected(string? wanted = null)
    {
        var found = _token.Kind switch
        {
            TokenKind.End => "脚本在此结束",
            TokenKind.Text => "出现了字符串",
            TokenKind.Number => "出现了数字",
            TokenKind.Template => "出现了模板字符串",
            _ => $"出现了“{_token.Text}”",
        };
        return Error(wanted is null ? $"语法错误，此处不应{found}。" : $"语法错误，{wanted}，但{found}。", _token.Start);
    }

    private ScriptException Refuse(string construct, int position) => Refusals.Error(_lexer.Source, construct, position);

    private void Enter()
    {
        if (++_depth > _limits.MaxNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw SourceText.Error(_lexer.Source, ScriptErrorKind.Limit, $"语法嵌套超过上限 {_limits.MaxNesting} 层，请拆成多个语句。", _token.Start);
        }
    }

    private Node Guarded(Node node, int depth) =>
        depth % LevelsBetweenGuards == 0 && node is not (NameNode or Constant or SelfNode or FunctionNode) ? new StackGuard(node) { Position = node.Position } : node;
}
