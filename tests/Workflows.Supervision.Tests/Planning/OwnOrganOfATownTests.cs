using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Planning;

/// <summary>A town acts in its own name with numbers of its own (documents.md 0: 甬海曙石碶综执责改字).</summary>
public sealed class OwnOrganOfATownTests
{
    private readonly InMemorySession _session = new();

    [Theory]
    [InlineData("TOWN", "330203003", "宁波市海曙区石碶街道办事处", "甬海曙石碶综执")]
    [InlineData("TOWN", "330203003001", "宁波市海曙区石碶街道办事处", "甬海曙石碶综执")]
    [InlineData("TOWN", "330203104", "宁波市海曙区样例街道办事处", "甬海曙样街")]
    [InlineData("TOWN", "330203", "宁波市海曙区样例街道办事处", "甬海曙样街")]
    [InlineData("CUL", "330203003", "宁波市海曙区文化和广电旅游体育局", "甬海曙文广旅")]
    public async Task A_town_has_the_name_and_numbers_of_its_own_row_and_without_one_those_of_the_district(string department, string area, string name, string numberName)
    {
        Add(new Department("TOWN", "宁波市海曙区样例街道办事处", "甬海曙样街", "330203"));
        Add(new Department("TOWN", "宁波市海曙区石碶街道办事处", "甬海曙石碶综执", "330203003"));
        Add(new Department("CUL", "宁波市海曙区文化和广电旅游体育局", "甬海曙文广旅", "330203"));
        // A row that nothing should ask for: only towns have organs below the district.
        Add(new Department("CUL", "不应读到", "不应读到", "330203003"));

        var organ = await new StoredRosterDirectory(_session).FindOrganAsync(department, area);

        Assert.Equal((name, numberName, "值班室"), (organ!.Name, organ.NumberName, organ.Contact));
    }

    private void Add(Department unit) =>
        _session.Save(DepartmentRecord.Of(unit, new Cause(null, "test", "test", _session.Now)) with { Contact = unit.District.Length == 6 ? "值班室" : null });
}
