#include "app/cli/models_arguments.h"

#include <CLI/CLI.hpp>

namespace maskwright::cli {

void addModels(CLI::App& app, ModelsArguments& a) {
    const auto add = [&](const char* name, const char* help, ModelsArguments::Action action) {
        CLI::App* sub = app.add_subcommand(name, help);
        sub->callback([&a, action] { a.action = action; });
        sub->add_flag("--json", a.json, "One JSON object a line, with every model's or the model's facts");
        return sub;
    };
    app.require_subcommand(1);
    CLI::App* list = add("list", "Which models are here, and which are published", ModelsArguments::Action::list);
    list->footer("Example:\n  maskwright-cli models list --json");

    CLI::App* fetch = add("fetch", "Download a published model, or go on with a download that was stopped",
                          ModelsArguments::Action::fetch);
    fetch->add_option("NAME", a.model, "A published model's name, or OWNER/NAME of a repository of CLIPSeg or CLIP")
        ->required();
    fetch->add_option("--mirror", a.mirror,
                      "Address of a mirror of the hub; default: HF_ENDPOINT, else https://huggingface.co. HF_TOKEN is "
                      "sent to the hub, never to a mirror");
    fetch->footer(
        "Every file is compared with the hash that the hub tells. The system's proxy is used (https_proxy).\n"
        "Example:\n  maskwright-cli models fetch clipseg-rd64-refined\n"
        "  maskwright-cli segment cat.jpg --phrase cat --model clipseg-rd64-refined -o cat.png");

    CLI::App* import = add("import", "Copy a model that is on the disk", ModelsArguments::Action::import);
    import
        ->add_option("PATH", a.model,
                     "A model folder, converted where it has pytorch_model.bin alone; or a decoder (.pth) or one of "
                     "OpenAI's CLIP files (.pt), as convert takes them")
        ->required();
    import->add_option("--name", a.name, "What it is to be called; default: as the folder or file");
    import->add_option("--clip", a.clip, "For a decoder (.pth): the CLIP it was trained with, a name or folder");
    import->add_option("--vocabulary", a.vocabulary,
                       "For one of OpenAI's CLIP files (.pt): a model with a vocabulary, a name or folder");
    import->footer("Example:\n  maskwright-cli models import Downloads/my-clipseg --name my-clipseg");

    CLI::App* remove = add("remove", "Delete one of your models, or give up a download that was stopped",
                           ModelsArguments::Action::remove);
    remove->add_option("NAME", a.model, "Its name, as list says it")->required();
    remove->footer("Example:\n  maskwright-cli models remove clipseg-rd16");

    app.footer(
        "Your models are in maskwright/models under XDG_DATA_HOME, else under ~/.local/share.\n"
        "Example:\n  maskwright-cli models list");
}

}  // namespace maskwright::cli
