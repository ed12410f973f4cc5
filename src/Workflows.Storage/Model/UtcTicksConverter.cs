using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Workflows.Storage.Model;

/// <summary>
/// Instants are stored as UTC ticks of 100 ns in a bigint: exact, ordered and the same on every provider
/// (SQLite cannot compare instants with offsets, PostgreSQL would cut them to microseconds).
/// </summary>
internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    instant => instant.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
