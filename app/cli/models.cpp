// models: what is here, what is published, and how the one becomes the other.
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>

#include "app/cli/common.h"
#include "app/net/qt_transport.h"
#include "core/base/json.h"
#include "core/session/segmenter_source.h"
#include "core/session/try_model.h"
#include "core/store/catalogue.h"
#include "core/store/fetch.h"
#include "core/store/import.h"
#include "core/store/staging.h"
#include "core/store/store.h"

namespace maskwright::cli {

namespace {

std::string megabytes(std::uint64_t bytes) { return std::to_string((bytes + 500'000) / 1'000'000) + " MB"; }

// One model of the list.
struct Line {
    std::string name, state, licence, purpose, repository, commit, folder, importedFrom;
    std::uint64_t bytes = 0, have = 0;

    [[nodiscard]] OrderedJson json() const {
        OrderedJson object = {{"name", name}, {"state", state}};
        const auto put = [&](const char* key, const std::string& value) {
            if (!value.empty()) {
                object[key] = value;
            }
        };
        put("folder", folder);
        put("repository", repository);
        put("commit", commit);
        put("imported_from", importedFrom);
        put("licence", licence);
        put("purpose", purpose);
        object["bytes"] = bytes;
        if (state == "unfinished") {
            object["bytes_here"] = have;
        }
        return object;
    }
};

std::uint64_t bytesIn(const std::string& folder) {
    std::uint64_t sum = 0;
    std::error_code failed;
    for (std::filesystem::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
        std::error_code none;
        const auto size = it->is_regular_file(none) ? it->file_size(none) : 0;
        sum += none ? 0 : size;
    }
    return sum;
}

std::vector<Line> allModels() {
    std::vector<Line> lines;
    std::map<std::string, bool> here;
    for (const store::Model& model : store::builtInModels()) {
        lines.push_back({model.name, "built in", "", "", "", "", model.folder, "", bytesIn(model.folder), 0});
        here[model.name] = true;
    }
    for (const store::UserModel& own : store::userModels()) {
        const store::Published* published = store::findPublished(own.model.name);
        lines.push_back({own.model.name, "yours", own.origin.licence,
                         published != nullptr ? published->purpose.text() : std::string(), own.origin.repository,
                         own.origin.commit, own.model.folder, own.origin.importedFrom, own.bytes, 0});
        here[own.model.name] = true;
    }
    const std::string place = store::userPlace();
    for (const store::Unfinished& one : place.empty() ? std::vector<store::Unfinished>() : store::unfinishedIn(place)) {
        const store::Published* published = store::findPublished(one.name);
        lines.push_back({one.name, "unfinished", published != nullptr ? published->licence : std::string(),
                         published != nullptr ? published->purpose.text() : std::string(), one.repository, "", "", "",
                         one.total, one.bytes});
        here[one.name] = true;
    }
    for (const store::Published& one : store::publishedModels()) {
        if (!here.contains(one.name)) {
            lines.push_back(
                {one.name, "published", one.licence, one.purpose.text(), one.repository, "", "", "", one.bytes, 0});
        }
    }
    return lines;
}

int list(bool json) {
    for (const Line& line : allModels()) {
        if (json) {
            std::cout << dump(line.json()) << "\n";
            continue;
        }
        std::string name = line.name, state = line.state, size = megabytes(line.bytes);
        if (line.state == "unfinished") {
            state = std::to_string(line.bytes == 0 ? 0 : 100 * line.have / line.bytes) + " % here";
        } else if (line.state == "published") {
            size = "about " + size;
        }
        name.resize(std::max<std::size_t>(name.size() + 1, 24), ' ');
        state.resize(std::max<std::size_t>(state.size() + 1, 12), ' ');
        size.resize(std::max<std::size_t>(size.size() + 1, 14), ' ');
        std::string licence = line.licence;
        licence.resize(std::max<std::size_t>(licence.size() + 1, 12), ' ');
        std::string text = name + state + size + licence + line.purpose;
        text.erase(text.find_last_not_of(' ') + 1);
        std::cout << text << "\n";
    }
    return 0;
}

// One line on a terminal, written over by the next.
class Progress {
  public:
    ~Progress() {
        if (shown_) {
            std::cerr << "\r\033[K" << std::flush;
        }
    }
    void say(const std::string& text) {
        if (isTerminal() && text != last_) {
            std::cerr << "\r\033[K" + text << std::flush;
            shown_ = true;
            last_ = text;
        }
    }

  private:
    bool shown_ = false;
    std::string last_;
};

std::string describe(const store::FetchProgress& at) {
    const std::string of = megabytes(at.done) + " of " + megabytes(at.total);
    switch (at.step) {
        case store::FetchProgress::Step::asking:
            return "asking the hub";
        case store::FetchProgress::Step::waiting:
            return "waiting " + std::to_string(at.seconds) + " s before the next attempt";
        case store::FetchProgress::Step::opening:
            return "trying the model";
        case store::FetchProgress::Step::receiving:
            break;
    }
    char speed[48] = "";
    if (at.bytesPerSecond > 0) {
        std::snprintf(speed, sizeof speed, ", %.1f MB/s, %.0f s left", at.bytesPerSecond / 1e6,
                      static_cast<double>(at.total - at.done) / at.bytesPerSecond);
    }
    return at.file + ": " + of + speed;
}

int fetchModel(const ModelsArguments& a, const std::stop_token& stop) {
    net::QtTransport transport;
    store::FetchOptions options;
    options.mirror = a.mirror;
    options.check = session::tryModel;
    Progress progress;
    const auto fetched = store::fetch(
        a.model, transport, options, [&](const store::FetchProgress& at) { progress.say(describe(at)); }, stop);
    progress.say("");
    if (!fetched) {
        return report(fetched.error());
    }
    if (a.json) {
        std::cout << dump(OrderedJson{{"name", fetched->model.name},
                                      {"folder", fetched->model.folder},
                                      {"commit", fetched->commit},
                                      {"was_there", fetched->wasThere},
                                      {"converted", fetched->converted},
                                      {"bytes", fetched->bytes}})
                  << "\n";
    } else {
        std::cout << fetched->model.name << ": " << fetched->model.folder
                  << (fetched->wasThere ? " (was there already)" : "") << "\n";
    }
    return 0;
}

int importOne(const ModelsArguments& a, const std::stop_token& stop) {
    std::error_code none;
    if (std::filesystem::is_regular_file(a.model, none) && !a.model.ends_with(".safetensors")) {
        const auto proposes = session::holdsSegmenter(a.model);
        if (proposes && *proposes) {
            return report(Error{ErrorKind::usage,
                                message("%1 makes proposals, and is no model that a name stands for", a.model),
                                "make a folder of it with maskwright-cli convert, and give that as sam:FOLDER or "
                                "solo:FOLDER"});
        }
    }
    store::ImportOptions options;
    options.name = a.name;
    options.check = session::tryModel;
    for (const auto& [given, folder] :
         {std::pair(&a.clip, &options.clip), std::pair(&a.vocabulary, &options.vocabulary)}) {
        if (!given->empty()) {
            const auto model = store::find(*given);
            if (!model) {
                return report(model.error());
            }
            *folder = model->folder;
        }
    }
    Progress progress;
    const auto model = store::importModel(
        a.model, options,
        [&](const maskwright::Progress& at) {
            progress.say(at.what + ": " + megabytes(static_cast<std::uint64_t>(at.done)) + " of " +
                         megabytes(static_cast<std::uint64_t>(at.total)));
        },
        stop);
    progress.say("");
    if (!model) {
        return report(model.error());
    }
    if (a.json) {
        std::cout << dump(OrderedJson{{"name", model->name}, {"folder", model->folder}}) << "\n";
    } else {
        std::cout << model->name << ": " << model->folder << "\n";
    }
    return 0;
}

int removeOne(const ModelsArguments& a) {
    if (const auto removed = store::removeModel(a.model); !removed) {
        return report(removed.error());
    }
    std::cout << (a.json ? dump(OrderedJson{{"removed", a.model}}) : a.model + ": removed") << "\n";
    return 0;
}

}  // namespace

int runModels(const ModelsArguments& arguments, const std::stop_token& stop) {
    switch (arguments.action) {
        case ModelsArguments::Action::fetch:
            return fetchModel(arguments, stop);
        case ModelsArguments::Action::import:
            return importOne(arguments, stop);
        case ModelsArguments::Action::remove:
            return removeOne(arguments);
        case ModelsArguments::Action::list:
            break;
    }
    return list(arguments.json);
}

}  // namespace maskwright::cli
