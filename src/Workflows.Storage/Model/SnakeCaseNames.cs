using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Workflows.Storage.Model;

/// <summary>Names columns, Identity's tables, keys and indexes in snake_case, the same on every provider.</summary>
internal static class SnakeCaseNames
{
    // PostgreSQL cuts names at 63 bytes; two that differ only behind that would collide.
    private const int MaxLength = 60;

    public static void Apply(ModelBuilder builder)
    {
        foreach (IMutableEntityType entity in builder.Model.GetEntityTypes())
        {
            string table = Convert(entity.GetTableName()!.Replace("AspNet", "Identity", StringComparison.Ordinal));
            entity.SetTableName(table);
            foreach (IMutableProperty property in entity.GetProperties())
                property.SetColumnName(Convert(property.Name));
            foreach (IMutableKey key in entity.GetKeys())
                key.SetName(Cut($"pk_{table}"));
            foreach (IMutableForeignKey key in entity.GetForeignKeys())
                key.SetConstraintName(Cut($"fk_{table}_{string.Join('_', key.Properties.Select(p => Convert(p.Name)))}"));
            foreach (IMutableIndex index in entity.GetIndexes())
                index.SetDatabaseName(Cut($"ix_{table}_{string.Join('_', index.Properties.Select(p => Convert(p.Name)))}"));
        }
    }

    internal static string Convert(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (char.IsUpper(c) && i > 0 && name[i - 1] != '_' && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
                text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }

    private static string Cut(string name) => name.Length <= MaxLength ? name : name[..MaxLength];
}
