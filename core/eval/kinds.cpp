#include "core/eval/kinds.h"

#include <algorithm>
#include <map>
#include <optional>
#include <random>

#include "core/base/stopwatch.h"
#include "core/data/formats/named_pictures.h"
#include "core/data/wordnet.h"
#include "core/eval/asker.h"
#include "core/eval/protocols/question.h"
#include "core/eval/text.h"
#include "core/image/refine.h"
#include "core/image_io/image_io.h"
#include "core/text/wording.h"

namespace maskwright::eval {
namespace {

constexpr std::size_t kShown = 20;  // names in the table of those that are wrong most often

Result<Kin> kinOf(const KindsOptions& options, const data::NamedPictures& set) {
    if (options.wordnet.empty()) {
        if (options.warn) {
            options.warn("without --wordnet a picture is also asked for names that are above or beside its own");
        }
        return Kin([](std::size_t a, std::size_t b) { return a == b; });
    }
    auto net = data::WordNet::load(options.wordnet);
    if (!net) {
        return net.error();
    }
    std::vector<std::uint32_t> senses;
    for (const std::string& synset : set.synsets) {
        senses.push_back(data::senseNumber(synset));
    }
    return Kin([net = std::make_shared<const data::WordNet>(std::move(*net)), senses](std::size_t a, std::size_t b) {
        return a == b || (senses[a] != 0 && senses[b] != 0 && net->kin(senses[a], senses[b]));
    });
}

// The model, and what it is asked: name k of the list is thing k.
Result<Asker> askerOf(const KindsOptions& options, const data::NamedPictures& set, const std::stop_token& stop) {
    auto asker = Asker::open(options);
    for (const std::string& name : set.names) {
        if (!asker) {
            break;
        }
        session::Prompt prompt;
        prompt.phrase = text::worded(options.prompt, name);
        if (const auto added = asker->add(prompt, stop); !added) {
            return added.error();
        }
    }
    return asker;
}

}  // namespace

bool KindsReport::Picture::surest() const {
    return std::all_of(others.begin(), others.end(), [&](const Answer& one) { return one.presence < own.presence; });
}

std::int64_t KindsReport::surest() const {
    return std::count_if(pictures.begin(), pictures.end(), [](const Picture& one) { return one.surest(); });
}

std::vector<std::size_t> drawOthers(std::size_t own, std::size_t names, std::size_t wanted, const Kin& kin,
                                    std::uint64_t seed, std::size_t number) {
    std::vector<std::size_t> from;
    for (std::size_t k = 0; k < names; ++k) {
        if (!kin(own, k)) {
            from.push_back(k);
        }
    }
    std::seed_seq mixed = {seed, std::uint64_t(number)};
    std::mt19937_64 random(mixed);
    const std::size_t count = std::min(wanted, from.size());
    for (std::size_t i = 0; i < count; ++i) {
        std::swap(from[i], from[i + random() % (from.size() - i)]);
    }
    from.resize(count);
    return from;
}

Result<KindsReport> evaluateKinds(const KindsOptions& options, const ProgressSink& progress, std::stop_token stop) {
    const Stopwatch watch;
    MASKWRIGHT_TRY(checkMeasuring(options));
    const auto set = data::readNamedPictures(options.data, options.split);
    if (!set) {
        return set.error();
    }
    std::vector<std::string> files;
    for (const data::NamedPicture& picture : set->pictures) {
        files.push_back(picture.file);
    }
    const auto chosen = chosenOf(options, files, set->file);
    if (!chosen) {
        return chosen.error();
    }
    const auto kin = kinOf(options, *set);
    if (!kin) {
        return kin.error();
    }
    auto asker = askerOf(options, *set, stop);
    if (!asker) {
        return asker.error();
    }
    KindsReport report;
    report.model = asker->info().name;
    report.data = options.data;
    report.split = options.split;
    report.size = asker->size();
    const std::vector<double> thresholds = leftThresholds(asker->info().defaultThreshold, options.thresholds);
    LeftMasks own(thresholds), others(thresholds);
    for (std::size_t i = 0; i < chosen->size(); ++i) {
        const data::NamedPicture& picture = set->pictures[(*chosen)[i]];
        if (progress) {
            progress({static_cast<std::int64_t>(i), static_cast<std::int64_t>(chosen->size()), picture.file});
        }
        const auto name = static_cast<std::size_t>(std::find(set->names.begin(), set->names.end(), picture.name) -
                                                   set->names.begin());
        std::vector<std::size_t> asked =
            drawOthers(name, set->names.size(), options.others, *kin, options.seed, (*chosen)[i]);
        if (asked.empty()) {
            return Error{ErrorKind::input, message("%1: there is no other name to ask %2 for", set->file, picture.file),
                         "name pictures of several kinds"};
        }
        asked.insert(asked.begin(), name);
        const auto image = image_io::read(picture.path);
        if (!image) {
            return image.error();
        }
        KindsReport::Picture answers{picture.file, {}, {}};
        const auto take = [&](std::size_t k, Found found) -> Result<void> {
            const bool mask = (k == 0 ? own : others).add(toPictureSize(found.map, image->image, options.refine));
            KindsReport::Answer answer{set->names[asked[k]], found.presence, mask};
            if (k == 0) {
                answers.own = std::move(answer);
            } else {
                answers.others.push_back(std::move(answer));
            }
            return {};
        };
        MASKWRIGHT_TRY(asker->ask(image->image, asked, take, stop));
        report.pictures.push_back(std::move(answers));
    }
    if (progress) {
        progress({static_cast<std::int64_t>(chosen->size()), static_cast<std::int64_t>(chosen->size()), ""});
    }
    report.own = own.at();
    report.others = others.at();
    report.seconds = watch.milliseconds() / 1000;
    return report;
}

std::string asJson(const KindsReport& r) {
    Json json = {{"model", r.model},
                 {"data", r.data},
                 {"split", r.split},
                 {"size", r.size},
                 {"seconds", r.seconds},
                 {"pictures", r.pictures.size()},
                 {"own_surest", shareJson(r.surest(), static_cast<std::int64_t>(r.pictures.size()))},
                 {"own", leftJson(r.own)},
                 {"others", leftJson(r.others)}};
    const auto answer = [](const KindsReport::Answer& one) {
        return Json{{"name", one.name}, {"presence", one.presence}, {"mask", one.mask}};
    };
    json["answers"] = Json::array();
    for (const KindsReport::Picture& picture : r.pictures) {
        Json others = Json::array();
        for (const KindsReport::Answer& one : picture.others) {
            others.push_back(answer(one));
        }
        json["answers"].push_back({{"file", picture.file},
                                   {"surest", picture.surest()},
                                   {"own", answer(picture.own)},
                                   {"others", std::move(others)}});
    }
    return json.dump(2) + "\n";
}

std::string asMarkdown(const KindsReport& r) {
    struct Wrong {
        std::int64_t asked = 0, masks = 0;
    };
    std::map<std::string, Wrong> byName;
    for (const KindsReport::Picture& picture : r.pictures) {
        for (const KindsReport::Answer& one : picture.others) {
            Wrong& wrong = byName[one.name];
            ++wrong.asked;
            wrong.masks += one.mask ? 1 : 0;
        }
    }
    std::vector<std::pair<std::string, Wrong>> worst(byName.begin(), byName.end());
    std::stable_sort(worst.begin(), worst.end(),
                     [](const auto& a, const auto& b) { return a.second.masks > b.second.masks; });
    const auto pictures = static_cast<std::int64_t>(r.pictures.size());
    std::string text = "# " + inMarkdown(r.model) + " on " + inMarkdown(r.split) + "\n\n" + std::to_string(pictures) +
                       " pictures with a name each, input " + std::to_string(r.size) +
                       " pixels. Its own name is the surest of those asked in " + share(r.surest(), pictures) +
                       " of them.\n\n" + kLeftHead + leftMarkdown(r.own, "own name") +
                       leftMarkdown(r.others, "other names") +
                       "\n| other name | asked | left a mask |\n|---|---|---|\n";
    for (std::size_t i = 0; i < std::min(kShown, worst.size()) && worst[i].second.masks > 0; ++i) {
        text += "| " + inMarkdown(worst[i].first) + " | " + std::to_string(worst[i].second.asked) + " | " +
                std::to_string(worst[i].second.masks) + " |\n";
    }
    return text;
}

}  // namespace maskwright::eval
