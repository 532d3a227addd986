using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Recourse.Adapters.Risk;
using Recourse.Risk;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>The learned models of this data folder, for those who run the platform.</summary>
static class ModelEndpoints
{
    /// <summary>The page.</summary>
    public const string Path = "/control/models";

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet(Path, (Caller caller, ModelShelf models, IPlatform platform) =>
                (Answer<ModelsBody>)Of(models, platform, caller.Texts)).For(Party.Operator).WithTags("Running")
            .WithName("listModels").WithSummary("The learned models that editions of the rulebook can name.");
        v1.MapPost(Path, Add).For(Party.Operator).WithTags("Running").WithName("addModel")
            .WithSummary("Add a learned model; it decides nothing until an edition of the rulebook names it.");
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, (Caller caller, ModelShelf models, IPlatform platform, string? added) =>
            Show(caller, models, platform, added, null)).AsPage(Party.Operator);
        pages.MapPost(Path, AddFile).AsPage(Party.Operator)
            .WithMetadata(new RequestSizeLimitAttribute(FormUpload.MostSent));
    }

    static Answer<ModelBody> Add(WriteOf<ModelRequest> write, ModelShelf models, IPlatform platform)
    {
        var (model, no) = Put(Encoding.UTF8.GetBytes(write.Body.Text), "text", models);
        return model is null ? Problems.Of([no!])
            : ModelTelling.Of(model, NamedBy(platform), write.By.Texts);
    }

    static IResult AddFile(FormUpload form, ModelShelf models, IPlatform platform)
    {
        var (model, no) = form.File is { } sent ? Put(sent.Bytes, "file", models)
            : (null, new Refusal("risk.no-model-file", new("risk.choose-model")) { Field = "file" });
        return model is null ? Show(form.By, models, platform, null, Problems.Of([no!]))
            : Results.LocalRedirect($"{Path}?added={model.Version}");
    }

    static (RiskModel? Model, Refusal? No) Put(byte[] bytes, string field, ModelShelf models)
    {
        var (model, problem) = ModelFile.Read(bytes);
        if (model is null)
            return (null, new Refusal("risk.unusable-model", new("risk.train-again"), ("problem", problem!))
            {
                Field = field,
            });
        models.Put(model);
        return (model, null);
    }

    static string? NamedBy(IPlatform platform) => RulebookEndpoints.Current(platform).Of<RiskRules>().Model;

    static ModelsBody Of(ModelShelf models, IPlatform platform, Texts texts)
    {
        var named = NamedBy(platform);
        return new(
            named,
            [
                .. models.Models.OrderByDescending(m => m.Version == named).ThenByDescending(m => m.Trained.To)
                    .Select(m => ModelTelling.Of(m, named, texts)),
            ],
            models.Broken);
    }

    static IResult Show(Caller caller, ModelShelf models, IPlatform platform, string? added, Problem? refused)
    {
        var reader = Reader.Of(caller.Http);
        return Pages.Show<ModelsPage>(reader, new()
        {
            ["Body"] = Of(models, platform, caller.Texts),
            ["Added"] = added is not null && models.Find(added) is not null ? added : null,
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }
}
