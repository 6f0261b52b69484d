using System.Linq.Expressions;
using FhirTrials.Storage.Exports;
using FhirTrials.Storage.Jobs;
using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FhirTrials.Storage;

/// <summary>The tables. Which engine they are in is the derived type's matter.</summary>
abstract class FhirContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<ResourceRow> Resources => Set<ResourceRow>();

    public DbSet<ResourceVersionRow> Versions => Set<ResourceVersionRow>();

    public DbSet<ExpungedVersionRow> ExpungedVersions => Set<ExpungedVersionRow>();

    public DbSet<TokenRow> Tokens => Set<TokenRow>();

    public DbSet<WordListRow> WordLists => Set<WordListRow>();

    public DbSet<StringRow> Strings => Set<StringRow>();

    public DbSet<DateRow> Dates => Set<DateRow>();

    public DbSet<NumberRow> Numbers => Set<NumberRow>();

    public DbSet<QuantityRow> Quantities => Set<QuantityRow>();

    public DbSet<ReferenceRow> References => Set<ReferenceRow>();

    public DbSet<UriRow> Uris => Set<UriRow>();

    public DbSet<PositionRow> Positions => Set<PositionRow>();

    public DbSet<NameRow> Names => Set<NameRow>();

    public DbSet<ChangeCounterRow> Counters => Set<ChangeCounterRow>();

    public DbSet<PostedParameterRow> PostedParameters => Set<PostedParameterRow>();

    public DbSet<JobRow> Jobs => Set<JobRow>();

    public DbSet<ExportFileRow> ExportFiles => Set<ExportFileRow>();

    public DbSet<SettingRow> Settings => Set<SettingRow>();

    /// <summary>A collation that compares texts by their code, or null where the engine does so by itself.</summary>
    protected abstract string? BinaryCollation { get; }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ResourceRow>(Resource);
        modelBuilder.Entity<ResourceVersionRow>(Version);
        modelBuilder.Entity<ExpungedVersionRow>().ToTable("ExpungedVersion")
            .HasKey(r => new { r.ResourceKey, r.Version });
        Index<TokenRow>(
            modelBuilder, "TokenIndex", r => new { r.Type, r.Parameter, r.Code, r.ResourceKey, r.System, r.Group });
        Index<StringRow>(modelBuilder, "StringIndex", r => new { r.Type, r.Parameter, r.Value, r.ResourceKey });
        modelBuilder.Entity<StringRow>().HasIndex(r => new { r.Type, r.Parameter, r.ResourceKey })
            .HasFilter("\"Whole\" IS NOT NULL");
        Index<DateRow>(
            modelBuilder, "DateIndex", r => new { r.Type, r.Parameter, r.Start, r.End, r.ResourceKey, r.Group });
        modelBuilder.Entity<DateRow>().HasIndex(r => new { r.Type, r.Parameter, r.End, r.ResourceKey });
        Index<NumberRow>(
            modelBuilder, "NumberIndex", r => new { r.Type, r.Parameter, r.Low, r.High, r.ResourceKey, r.Group });
        modelBuilder.Entity<NumberRow>().HasIndex(r => new { r.Type, r.Parameter, r.High, r.ResourceKey });
        Index<QuantityRow>(
            modelBuilder,
            "QuantityIndex",
            r => new { r.Type, r.Parameter, r.Low, r.High, r.System, r.Code, r.ResourceKey, r.Group });
        Index<ReferenceRow>(
            modelBuilder, "ReferenceIndex",
            r => new { r.Type, r.Parameter, r.Target, r.TargetType, r.ResourceKey, r.Group });
        modelBuilder.Entity<ReferenceRow>().HasIndex(r => new { r.TargetType, r.Target, r.Parameter, r.ResourceKey });
        Index<UriRow>(modelBuilder, "UriIndex", r => new { r.Type, r.Parameter, r.Value, r.ResourceKey });
        Index<PositionRow>(
            modelBuilder, "PositionIndex", r => new { r.Type, r.Parameter, r.Z, r.X, r.Y, r.ResourceKey });
        modelBuilder.Entity<WordListRow>(WordList);
        modelBuilder.Entity<WordRow>(Word);
        modelBuilder.Entity<NameRow>(Name);
        modelBuilder.Entity<ChangeCounterRow>(Counter);
        modelBuilder.Entity<SettingRow>(Setting);
        modelBuilder.Entity<PostedParameterRow>(Posted);
        modelBuilder.Entity<JobRow>(Job);
        modelBuilder.Entity<ExportFileRow>().ToTable("ExportFile").HasKey(f => new { f.JobId, f.Number });
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        var texts = configurationBuilder.Properties<string>().HaveMaxLength(IndexText.MaxLength);
        if (BinaryCollation is { } collation)
        {
            texts.UseCollation(collation);
        }

        configurationBuilder.Properties<StoredBy>().HaveConversion<byte>();
        configurationBuilder.Properties<NameKind>().HaveConversion<byte>();
        configurationBuilder.Properties<JobStatus>().HaveConversion<byte>();
        configurationBuilder.Properties<ExportedKind>().HaveConversion<byte>();
    }

    static void Resource(EntityTypeBuilder<ResourceRow> row)
    {
        row.ToTable("Resource");
        row.HasKey(r => r.Key);
        row.Property(r => r.Key).ValueGeneratedNever();
        row.Property(r => r.Id).HasMaxLength(64).IsRequired();
        row.Property(r => r.Hash).HasMaxLength(32);
        row.HasIndex(r => new { r.Type, r.Id }).IsUnique();
        row.HasIndex(r => r.Change).IsUnique();
        row.HasIndex(r => new { r.Type, r.IsDeleted, r.Key });
        row.HasIndex(r => new { r.Type, r.Change });
        row.HasIndex(r => new { r.Type, r.LastUpdated, r.Key });
    }

    static void Version(EntityTypeBuilder<ResourceVersionRow> row)
    {
        row.ToTable("ResourceVersion");
        row.HasKey(r => new { r.ResourceKey, r.Version });
        row.Property(r => r.Id).HasMaxLength(64).IsRequired();
        row.HasIndex(r => r.Change).IsUnique();
        row.HasIndex(r => new { r.Type, r.Change });
    }

    static void Index<TRow>(ModelBuilder model, string table, Expression<Func<TRow, object?>> search)
        where TRow : IndexRow
    {
        var row = model.Entity<TRow>();
        row.ToTable(table);
        row.HasKey(r => new { r.ResourceKey, r.Ordinal });
        row.HasIndex(search);
        if (typeof(TRow) == typeof(StringRow))
        {
            row.Property(nameof(StringRow.Text)).Metadata.SetMaxLength(null);
            row.Property(nameof(StringRow.Whole)).Metadata.SetMaxLength(null);
        }
    }

    static void WordList(EntityTypeBuilder<WordListRow> row)
    {
        row.ToTable("WordList", table =>
        {
            table.HasTrigger("WordListInsert");
            table.HasTrigger("WordListDelete");
        });
        row.HasKey(r => new { r.ResourceKey, r.Ordinal });
        row.Property(r => r.Words).Metadata.SetMaxLength(null);
    }

    static void Word(EntityTypeBuilder<WordRow> row)
    {
        row.ToTable("WordIndex");
        row.HasKey(r => new { r.Type, r.Parameter, r.Word, r.ResourceKey });
    }

    static void Name(EntityTypeBuilder<NameRow> row)
    {
        row.ToTable("Name");
        row.HasKey(n => new { n.Kind, n.Id });
        row.Property(n => n.Id).ValueGeneratedNever();
        row.HasIndex(n => new { n.Kind, n.Value }).IsUnique();
    }

    static void Counter(EntityTypeBuilder<ChangeCounterRow> row)
    {
        row.ToTable("ChangeCounter");
        row.Property(c => c.Id).ValueGeneratedNever();
        row.HasData(new ChangeCounterRow { Id = ChangeCounterRow.OnlyId });
    }

    static void Posted(EntityTypeBuilder<PostedParameterRow> row)
    {
        row.ToTable("PostedParameter");
        row.HasKey(p => p.Url);
        row.Property(p => p.Types).Metadata.SetMaxLength(null);
    }

    static void Job(EntityTypeBuilder<JobRow> row)
    {
        row.ToTable("Job");
        row.HasKey(j => j.Id);
        row.HasIndex(j => j.Status);
        row.Property(j => j.Definition).Metadata.SetMaxLength(null);
        row.Property(j => j.Error).Metadata.SetMaxLength(null);
    }

    static void Setting(EntityTypeBuilder<SettingRow> row)
    {
        row.ToTable("Setting");
        row.HasKey(s => s.Name);
    }
}

sealed class SqliteFhirContext(DbContextOptions<SqliteFhirContext> options) : FhirContext(options)
{
    protected override string? BinaryCollation => null;

    /// <summary>The engine's own index of words takes the table's place, and it has one of titles.</summary>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Ignore<WordRow>();
        modelBuilder.Entity<TitleRow>(Title);
    }

    static void Title(EntityTypeBuilder<TitleRow> row)
    {
        row.ToTable("TitleIndex");
        row.HasKey(t => t.ResourceKey);
        row.Property(t => t.ResourceKey).HasColumnName("rowid").ValueGeneratedNever();
        row.Property(t => t.Title).Metadata.SetMaxLength(null);
        row.Property(t => t.OfficialTitle).Metadata.SetMaxLength(null);
    }
}

sealed class SqlServerFhirContext(DbContextOptions<SqlServerFhirContext> options) : FhirContext(options)
{
    protected override string? BinaryCollation => "Latin1_General_100_BIN2";
}
