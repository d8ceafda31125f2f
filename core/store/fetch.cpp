#include "core/store/fetch.h"

#include <chrono>
#include <deque>
#include <filesystem>

#include "core/base/repository.h"
#include "core/store/ascii_case.h"
#include "core/store/catalogue.h"
#include "core/store/download.h"
#include "core/store/install.h"
#include "core/store/staging.h"

namespace maskwright::store {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kListingLimit = 16u << 20;

struct Wanted {
    std::string name, repository, licence;
};

Result<Wanted> wantedOf(const std::string& model) {
    if (const Published* published = findPublished(model)) {
        return Wanted{published->name, published->repository, published->licence};
    }
    if (isRepository(model)) {
        return Wanted{model.substr(model.find('/') + 1), model, ""};
    }
    std::string names;
    for (const Published& one : publishedModels()) {
        names += (names.empty() ? "" : ", ") + one.name;
    }
    return Error{ErrorKind::usage, message("there is no published model called %1", quoted(model)),
                 message("published models: %1; or give OWNER/NAME of a repository on the hub", names)};
}

// Bytes a second, over the last seconds.
class Speed {
  public:
    using Clock = std::chrono::steady_clock;
    double at(std::uint64_t done) {
        const auto now = Clock::now();
        if (!marks_.empty() && done < marks_.back().second) {
            marks_.clear();
        }
        if (marks_.empty() || now - marks_.back().first > std::chrono::milliseconds(100)) {
            marks_.emplace_back(now, done);
        }
        while (marks_.size() > 2 && now - marks_.front().first > std::chrono::seconds(5)) {
            marks_.pop_front();
        }
        const double seconds = std::chrono::duration<double>(now - marks_.front().first).count();
        return seconds < 0.5 ? 0 : static_cast<double>(done - marks_.front().second) / seconds;
    }

  private:
    std::deque<std::pair<Clock::time_point, std::uint64_t>> marks_;
};

Json noteOf(const Wanted& wanted, const Endpoint& endpoint, const HubPlan& plan) {
    Json files = Json::array();
    for (const HubFile& file : plan.files) {
        Json one = {{"path", file.path}, {"size", file.size}};
        one[file.sha256.empty() ? "git_blob" : "sha256"] = file.sha256.empty() ? file.git : file.sha256;
        files.push_back(std::move(one));
    }
    Json note = {{"format", 1},
                 {"repository", wanted.repository},
                 {"commit", plan.commit},
                 {"endpoint", endpoint.url.text()},
                 {"licence", wanted.licence},
                 {"files", std::move(files)}};
    if (!plan.toConvert.empty()) {
        note["converted"] = {{"from", plan.toConvert}, {"to", convertedName(plan.toConvert)}};
    }
    return note;
}

class Fetch {
  public:
    Fetch(Wanted wanted, Transport& transport, const FetchOptions& options, const FetchSink& progress,
          std::stop_token stop)
        : wanted_(std::move(wanted)),
          transport_(transport),
          options_(options),
          progress_(progress),
          stop_(std::move(stop)) {}

    Result<Fetched> run() {
        const auto place = placeOr(options_.place);
        if (!place) {
            return place.error();
        }
        MASKWRIGHT_TRY(checkName(wanted_.name));
        std::error_code none;
        if (const fs::path there = fs::path(*place) / wanted_.name; fs::exists(there, none)) {
            const Origin origin = readOrigin(there.string());
            // The hub knows a repository in whatever case it is asked for.
            if (!origin.repository.empty() && !sameButForCase(origin.repository, wanted_.repository)) {
                return Error{ErrorKind::usage,
                             message("a model called %1 is there already, which came from %2", quoted(wanted_.name),
                                     origin.repository),
                             "remove that one first"};
            }
            return Fetched{{wanted_.name, there.string()}, true, false, origin.commit, 0};
        }
        auto endpoint = Endpoint::choose(options_.mirror);
        if (!endpoint) {
            return endpoint.error();
        }
        HubClient hub(transport_, *endpoint, options_.patience, [this](std::int64_t seconds) {
            state_.step = FetchProgress::Step::waiting;
            state_.seconds = seconds;
            tell();
        });
        tell();
        const Url listingAt = listingUrl(*endpoint, wanted_.repository);
        const auto text = hub.text(listingAt, kListingLimit, stop_);
        if (!text) {
            return text.error();
        }
        const auto listing = parseListing(*text, listingAt.text());
        if (!listing) {
            return listing.error();
        }
        const auto plan = planOf(*listing, wanted_.repository);
        if (!plan) {
            return plan.error();
        }
        auto staging = Staging::open(*place, wanted_.name);
        if (!staging) {
            return staging.error();
        }
        MASKWRIGHT_TRY(receive(hub, *plan, *staging, *place));
        state_.step = FetchProgress::Step::opening;
        tell();
        const auto model =
            install(*staging, wanted_.name, plan->toConvert, noteOf(wanted_, *endpoint, *plan), options_.check, stop_);
        if (!model) {
            return model.error();
        }
        return Fetched{*model, false, !plan->toConvert.empty(), plan->commit, plan->bytes()};
    }

  private:
    Result<void> receive(HubClient& hub, const HubPlan& plan, Staging& staging, const std::string& place) {
        MASKWRIGHT_TRY(staging.settle(wanted_.repository, plan));
        std::uint64_t converted = 0;
        for (const HubFile& file : plan.files) {
            converted += file.path == plan.toConvert ? file.size : 0;
        }
        MASKWRIGHT_TRY(checkSpace(place, wanted_.name, plan.bytes() - staging.bytesOf(plan) + converted));
        state_.total = plan.bytes();
        std::uint64_t before = 0;
        for (const HubFile& file : plan.files) {
            state_.file = file.path;
            const auto have = [&](std::uint64_t bytes) {
                state_.step = FetchProgress::Step::receiving;
                state_.done = before + bytes;
                state_.bytesPerSecond = speed_.at(state_.done);
                tell();
            };
            MASKWRIGHT_TRY(download(hub, fileUrl(hub.endpoint(), wanted_.repository, plan.commit, file.path), file,
                                    staging, have, stop_));
            before += file.size;
        }
        return {};
    }
    void tell() const {
        if (progress_) {
            progress_(state_);
        }
    }

    Wanted wanted_;
    Transport& transport_;
    const FetchOptions& options_;
    const FetchSink& progress_;
    std::stop_token stop_;
    FetchProgress state_;
    Speed speed_;
};

}  // namespace

Result<Fetched> fetch(const std::string& model, Transport& transport, const FetchOptions& options,
                      const FetchSink& progress, const std::stop_token& stop) {
    auto wanted = wantedOf(model);
    if (!wanted) {
        return wanted.error();
    }
    return Fetch(std::move(*wanted), transport, options, progress, stop).run();
}

}  // namespace maskwright::store
