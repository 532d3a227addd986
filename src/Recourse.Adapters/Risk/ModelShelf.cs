namespace Recourse.Adapters.Risk;

/// <summary>A file that should hold a model and can't be used, and why.</summary>
public sealed record BrokenModel(string File, string Problem);

/// <summary>
/// The learned models of a data folder, read once at the start; editions of the rulebook name one by its version. It
/// can be asked by many at once, and never waits for a disk then.
/// </summary>
public sealed class ModelShelf
{
    /// <summary>The name of the folder, within the data folder.</summary>
    public const string FolderName = "models";

    readonly string? _folder;
    readonly Lock _door = new();
    volatile Contents _contents = new(ImmutableSortedDictionary.Create<string, RiskModel>(StringComparer.Ordinal), []);

    sealed record Contents(ImmutableSortedDictionary<string, RiskModel> Models, ImmutableArray<BrokenModel> Broken);

    /// <summary>Without a folder: what is put there is kept in memory only.</summary>
    public ModelShelf() { }

    /// <summary>The models of a folder; it need not exist.</summary>
    public ModelShelf(string folder)
    {
        _folder = folder;
        if (!Directory.Exists(folder)) return;
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)) Read(path);
    }

    /// <summary>All of them, by their versions.</summary>
    public IEnumerable<RiskModel> Models => _contents.Models.Values;

    /// <summary>Files that can't be used.</summary>
    public ImmutableArray<BrokenModel> Broken => _contents.Broken;

    /// <summary>The model of that version; null: it isn't here.</summary>
    public RiskModel? Find(string version) => _contents.Models.GetValueOrDefault(version);

    /// <summary>Keeps a model, in the folder where there is one; twice changes nothing.</summary>
    public void Put(RiskModel model)
    {
        lock (_door)
        {
            if (_folder is not null)
            {
                Directory.CreateDirectory(_folder);
                var path = Path.Combine(_folder, $"{model.Version}.json");
                File.WriteAllBytes($"{path}.next", ModelFile.Write(model));
                File.Move($"{path}.next", path, overwrite: true);
            }
            _contents = _contents with { Models = _contents.Models.SetItem(model.Version, model) };
        }
    }

    void Read(string path)
    {
        var (model, problem) = Tried(path);
        _contents = model is not null
            ? _contents with { Models = _contents.Models.SetItem(model.Version, model) }
            : _contents with { Broken = _contents.Broken.Add(new(Path.GetFileName(path), problem!)) };
    }

    static (RiskModel?, string?) Tried(string path)
    {
        try
        {
            return new FileInfo(path).Length > ModelFile.Largest
                ? (null, $"Is larger than {ModelFile.Largest >> 10} KB.") : ModelFile.Read(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, CelCondition.OneLine(e.Message));
        }
    }
}
