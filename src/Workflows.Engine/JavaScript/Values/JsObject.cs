using Workflows.Engine.JavaScript.Library;

namespace Workflows.Engine.JavaScript.Values;

/// <summary>What <c>Object.freeze</c> and its sisters have taken away from an object.</summary>
internal enum Integrity
{
    Open,
    Closed,
    Sealed,
    Frozen,
}

/// <summary>An object: own properties in a map, and the shared methods of its type.</summary>
internal class JsObject
{
    private PropertyMap _properties;

    /// <summary>Where the object came from the host: the variable it belongs to, which is written back when it is changed.</summary>
    public HostedVariable? Origin { get; set; }

    public Integrity Integrity { get; set; }

    public virtual string ClassName => "Object";

    public virtual MethodTable Methods => ObjectMethods.Table;

    public virtual JsValue Get(Evaluation evaluation, string key) =>
        TryGetOwn(evaluation, key, out var value) ? value : Methods.Find(key) is { } method ? method : default(JsValue);

    public virtual bool TryGetOwn(Evaluation evaluation, string key, out JsValue value) => _properties.TryGet(key, out value);

    /// <summary>Assignment; like sloppy code it says nothing where the object is frozen.</summary>
    public virtual void Set(Evaluation evaluation, string key, JsValue value)
    {
        if (Integrity != Integrity.Open && (Integrity == Integrity.Frozen || !_properties.Contains(key)))
        {
            return;
        }

        Touch();
        if (_properties.Set(key, value))
        {
            evaluation.Charge(56);
        }
    }

    public virtual bool Delete(Evaluation evaluation, string key)
    {
        if (Integrity >= Integrity.Sealed)
        {
            return !_properties.Contains(key);
        }

        Touch();
        _properties.Remove(key);
        return true;
    }

    /// <summary>The own enumerable keys, in JavaScript's order.</summary>
    public virtual List<string> Keys(Evaluation evaluation)
    {
        evaluation.ChargeElements(_properties.Count);
        return _properties.Keys();
    }

    /// <summary>The own keys that are not enumerable but that <c>Object.getOwnPropertyNames</c> and <c>in</c> see.</summary>
    public virtual IEnumerable<string> HiddenKeys => [];

    public virtual bool IsFrozenNow(Evaluation evaluation, Integrity wanted) =>
        Integrity >= wanted || (Integrity != Integrity.Open && _properties.Count == 0);

    public virtual JsValue GetIndex(Evaluation evaluation, JsValue key) => Get(evaluation, Conversions.ToKey(evaluation, key));

    public virtual void SetIndex(Evaluation evaluation, JsValue key, JsValue value) =>
        Set(evaluation, Conversions.ToKey(evaluation, key), value);

    public bool Has(Evaluation evaluation, string key) =>
        TryGetOwn(evaluation, key, out _) || Methods.Find(key) is not null;

    protected void Touch() => Origin?.MarkChanged();

    /// <summary>Makes an own property before the object is shown to anyone.</summary>
    public void Define(string key, JsValue value) => _properties.Set(key, value);
}
