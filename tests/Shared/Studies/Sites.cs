using System.Globalization;
using System.Text.Json.Nodes;

namespace FhirTrials.Tests.Studies;

/// <summary>Where generated studies take place: cities of the world with their positions, and
/// hospitals made up for each.</summary>
static class Sites
{
    const string Cities = """
        Birmingham|Alabama|United States|33.52|-86.80
        Phoenix|Arizona|United States|33.45|-112.07
        Duarte|California|United States|34.14|-117.98
        Los Angeles|California|United States|34.05|-118.24
        San Diego|California|United States|32.72|-117.16
        San Francisco|California|United States|37.77|-122.42
        Aurora|Colorado|United States|39.73|-104.83
        New Haven|Connecticut|United States|41.31|-72.93
        Miami|Florida|United States|25.77|-80.19
        Tampa|Florida|United States|27.95|-82.46
        Atlanta|Georgia|United States|33.75|-84.39
        Chicago|Illinois|United States|41.85|-87.65
        Indianapolis|Indiana|United States|39.77|-86.16
        Iowa City|Iowa|United States|41.66|-91.53
        Baltimore|Maryland|United States|39.29|-76.61
        Boston|Massachusetts|United States|42.36|-71.06
        Ann Arbor|Michigan|United States|42.28|-83.74
        Rochester|Minnesota|United States|44.02|-92.47
        Saint Louis|Missouri|United States|38.63|-90.20
        New York|New York|United States|40.71|-74.01
        Durham|North Carolina|United States|35.99|-78.90
        Cleveland|Ohio|United States|41.50|-81.70
        Portland|Oregon|United States|45.52|-122.68
        Philadelphia|Pennsylvania|United States|39.95|-75.16
        Nashville|Tennessee|United States|36.17|-86.78
        Dallas|Texas|United States|32.78|-96.81
        Houston|Texas|United States|29.76|-95.36
        Salt Lake City|Utah|United States|40.76|-111.89
        Seattle|Washington|United States|47.61|-122.33
        Toronto|Ontario|Canada|43.71|-79.40
        Montreal|Quebec|Canada|45.51|-73.59
        Mexico City||Mexico|19.43|-99.13
        São Paulo||Brazil|-23.55|-46.64
        Buenos Aires||Argentina|-34.61|-58.38
        London||United Kingdom|51.51|-0.13
        Manchester||United Kingdom|53.48|-2.24
        Dublin||Ireland|53.33|-6.25
        Paris||France|48.85|2.35
        Lyon||France|45.75|4.85
        Toulouse||France|43.60|1.44
        Brussels||Belgium|50.85|4.35
        Amsterdam||Netherlands|52.37|4.89
        Berlin||Germany|52.52|13.41
        Frankfurt am Main||Germany|50.12|8.68
        Munich||Germany|48.14|11.58
        Ulm||Germany|48.40|9.99
        Zurich||Switzerland|47.37|8.55
        Vienna||Austria|48.21|16.37
        Rome||Italy|41.89|12.51
        Milan||Italy|45.46|9.19
        Madrid||Spain|40.42|-3.70
        Barcelona||Spain|41.39|2.16
        Lisbon||Portugal|38.72|-9.13
        Copenhagen||Denmark|55.68|12.57
        Stockholm||Sweden|59.33|18.06
        Oslo||Norway|59.91|10.75
        Helsinki||Finland|60.17|24.94
        Warsaw||Poland|52.23|21.01
        Prague||Czechia|50.09|14.42
        Budapest||Hungary|47.50|19.04
        Athens||Greece|37.98|23.73
        Istanbul||Turkey (Türkiye)|41.01|28.95
        Cairo||Egypt|30.06|31.25
        Assiut||Egypt|27.18|31.18
        Tel Aviv||Israel|32.08|34.78
        Lahore||Pakistan|31.56|74.35
        New Delhi||India|28.64|77.22
        Mumbai||India|19.07|72.88
        Bangkok||Thailand|13.75|100.50
        Beijing|Beijing Municipality|China|39.91|116.40
        Shanghai|Shanghai Municipality|China|31.22|121.46
        Guangzhou|Guangdong|China|23.12|113.25
        Seoul||South Korea|37.57|126.98
        Taipei||Taiwan|25.05|121.53
        Tokyo||Japan|35.69|139.69
        Osaka||Japan|34.69|135.50
        Sydney|New South Wales|Australia|-33.87|151.21
        Melbourne|Victoria|Australia|-37.81|144.96
        Auckland||New Zealand|-36.85|174.76
        Johannesburg||South Africa|-26.20|28.04
        Kampala||Uganda|0.32|32.58
        """;

    const string Facilities =
        "{University Hospital|General Hospital|Medical Center|Cancer Institute|Clinic|Research Site|Children's "
        + "Hospital} ";

    static readonly string[][] Rows = [.. Cities.Split('\n').Select(line => line.TrimEnd('\r').Split('|'))];

    public static JsonObject Site(Dice dice, string status)
    {
        var city = dice.Pick(Rows);
        var site = new JsonObject
        {
            ["facility"] = FormattableString.Invariant($"{city[0]} {dice.Text(Facilities)}{dice.Between(1, 12)}"),
        };
        if (status == "RECRUITING")
        {
            site["status"] = dice.Word("RECRUITING 80, NOT_YET_RECRUITING 10, COMPLETED 5, WITHDRAWN 5");
        }

        site["city"] = city[0];
        if (city[1].Length > 0)
        {
            site["state"] = city[1];
        }

        site["zip"] = FormattableString.Invariant($"{dice.Between(10000, 99999)}");
        site["country"] = city[2];
        if (status == "RECRUITING" && dice.Percent(40))
        {
            site["contacts"] = new JsonArray(People.Contact(dice));
        }

        site["geoPoint"] = new JsonObject
        {
            ["lat"] = decimal.Parse(city[3], CultureInfo.InvariantCulture),
            ["lon"] = decimal.Parse(city[4], CultureInfo.InvariantCulture),
        };
        return site;
    }

    /// <summary>How many sites: mostly one, sometimes two hundred.</summary>
    public static int Count(Dice dice) =>
        dice.Percent(55) ? 1 : dice.Percent(75) ? dice.Between(2, 15) : dice.Percent(85) ? dice.Between(16, 80)
        : dice.Between(81, 200);
}

/// <summary>People and organisations of generated studies; none is real.</summary>
static class People
{
    const string Names =
        "{Anna|Ben|Carla|David|Elena|Felix|Grace|Hiro|Ines|Jamal|Kim|Lara|Mehmet|Nadia|Omar|Petra} "
        + "{Abel|Brandt|Costa|Dubois|Eriksen|Fischer|Garcia|Hassan|Ito|Jensen|Kowalski|Lopez|Müller|Novak|Okafor|Patel|"
        + "Rossi|Silva|Tanaka|Wang}";

    const string Companies =
        "{Alder|Beryl|Cobalt|Delphin|Ember|Fjord|Garnet|Harbor|Iris|Juniper|Kestrel|Larch|Maple|Nimbus} "
        + "{Pharma|Therapeutics|Biosciences|Oncology}";

    public static JsonObject Contact(Dice dice) => new()
    {
        ["name"] = Name(dice),
        ["role"] = "CONTACT",
        ["phone"] = FormattableString.Invariant($"555-01{dice.Between(10, 99)}"),
        ["email"] = FormattableString.Invariant($"study{dice.Between(1, 999)}@example.org"),
    };

    public static string Name(Dice dice) => dice.Text(Names);

    public static JsonObject Sponsor(Dice dice)
    {
        var type = dice.Word("OTHER 60, INDUSTRY 28, NIH 3, OTHER_GOV 6, NETWORK 3");
        var name = type == "INDUSTRY" ? dice.Text(Companies) : dice.Text(
            "{University of|Medical School of|Research Council of|Hospitals of} "
                + "{Northfield|Easton|Westmark|Southport|Lakeview|Hillcrest|Riverside|Oakland Valley} ")
            + FormattableString.Invariant($"{dice.Between(1, 60)}");
        return new() { ["name"] = name, ["class"] = type };
    }
}
