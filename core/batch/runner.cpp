#include "core/batch/runner.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <future>
#include <iterator>
#include <map>
#include <new>
#include <utility>

#include "core/base/sha256.h"
#include "core/batch/earlier.h"
#include "core/batch/journal.h"
#include "core/batch/lane.h"
#include "core/batch/shard_journal.h"
#include "core/image/refine.h"
#include "core/output/compose.h"
#include "core/output/write.h"

namespace maskwright::batch {

namespace fs = std::filesystem;

namespace {

// Of larger pictures only one is in memory, with one map: nothing is read ahead or written behind.
constexpr std::size_t kLargePixels = 50'000'000;

bool exists(const std::string& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

bool endsBatch(const Error& error) { return error.kind == ErrorKind::cancelled || error.kind == ErrorKind::usage; }

const char* nameOf(State state) {
    constexpr const char* kNames[] = {"done", "skipped", "failed", "stopped"};
    return kNames[static_cast<int>(state)];
}

// What the work on one picture comes to. Touched by the caller's thread or by the lane, never by both at a time: the
// caller waits for the lane before it looks.
struct Picture {
    std::size_t index = 0;
    std::shared_ptr<const Image> image;
    Mask alpha;  // the image's own, for cutouts; empty where it had none
    std::string hash;
    std::vector<Standing> standing;  // of its files; empty unless those that are there may stay
    std::vector<Entry> entries;
    std::optional<Error> error;  // a result that could not be written
    std::vector<Message> warnings;
};

struct Opened {
    std::shared_ptr<const Image> image;
    Mask alpha;
    std::string hash;
    std::optional<Error> error;
    std::vector<Message> warnings;
};

Opened openPicture(const std::string& path, const image_io::ReadOptions& options, bool hashed) {
    Opened opened;
    if (auto picture = image_io::read(path, options)) {
        opened.image = std::make_shared<const Image>(std::move(picture->image));
        opened.alpha = std::move(picture->alpha);
        opened.warnings = std::move(picture->warnings);
    } else {
        opened.error = picture.error();
    }
    if (hashed) {
        if (auto hash = sha256File(path)) {
            opened.hash = std::move(*hash);
        }
    }
    return opened;
}

// What may stay of a picture's files.
struct Before {
    std::string hash;  // the picture's; empty: not known
    std::vector<Standing> standing;

    [[nodiscard]] bool allStay() const {
        return !standing.empty() && std::all_of(standing.begin(), standing.end(), [](Standing s) {
            return s == Standing::done || s == Standing::foreign;
        });
    }
};

void leaveAlone(std::span<Entry> entries, const std::string& path, Standing standing) {
    for (Entry& entry : entries) {
        entry.skipped = true;
        if (standing == Standing::foreign) {
            entry.note = message(
                "%1 was left alone: another program has written or changed it; remove it to have it "
                "made anew",
                path);
        }
    }
}

void measure(Entry& entry, const Mask& mask, bool keep) {
    entry.area = area(mask);
    entry.box = boundingBox(mask);
    entry.pixels = static_cast<std::int64_t>(mask.pixels.size());
    entry.runs = keep ? std::make_shared<const Runs>(runsFromMask(mask)) : nullptr;
}

class Run {
  public:
    Run(const Plan& plan, const Request& request, Segmenter& segmenter, const Hear& hear, const std::stop_token& stop)
        : plan_(plan), request_(request), segmenter_(segmenter), hear_(hear), stop_(stop) {}

    Result<void> all() {
        MASKWRIGHT_TRY(begin());
        Result<void> ended;
        for (std::size_t i = 0; i < plan_.inputs.size() && ended; ++i) {
            ended = stop_.stop_requested() ? Result<void>(Error{ErrorKind::cancelled, "stopped", ""}) : picture(i);
        }
        behind_.wait();
        if (ended && journalError_) {
            return *journalError_;
        }
        return ended;
    }

  private:
    Result<void> begin() {
        auto model = segmenter_.open(stop_);
        if (!model) {
            return model.error();
        }
        model_ = std::move(*model);
        if (plan_.existing == Existing::skip && !plan_.outputs.empty()) {
            auto earlier = Earlier::read(plan_.journal);
            if (!earlier) {
                return earlier.error();
            }
            earlier_ = std::move(*earlier);
        }
        if (!plan_.journal.empty()) {
            model_.content = contentHash(model_.folder);
            requestHash_ = requestHash(request_, model_);
            if (plan_.part) {
                return beginShard();
            }
            if (auto journal = Journal::open(plan_.journal)) {
                journal_.emplace(std::move(*journal));
            } else {
                journalError_ = journal.error();  // the results are what was asked for: told at the end
            }
        }
        return {};
    }

    // Without its journal a shard's work could not be put together with the others'.
    Result<void> beginShard() {
        auto journal = openShardJournal(plan_);
        if (!journal) {
            return journal.error();
        }
        shard_.emplace(std::move(*journal));
        journal_.emplace(std::move(shard_->journal));
        return journal_->add(headText({*plan_.part, requestHash_, requestText(request_, model_)}));
    }

    // Only what ends the batch is an error here.
    Result<void> picture(std::size_t index) {
        auto job = std::make_shared<Picture>();
        job->index = index;
        for (std::size_t k = 0; k < request_.labels.size(); ++k) {
            job->entries.emplace_back().phrase = k;
        }
        Before before = std::move(beforeOf(index));
        before_.erase(index);
        const bool stays = before.allStay();
        job->hash = std::move(before.hash);
        job->standing = std::move(before.standing);
        if (stays) {
            for (std::size_t column = 0; column < job->standing.size(); ++column) {
                leaveAlone(entriesOf(*job, column), plan_.outputs[index][column], job->standing[column]);
            }
            behind_.add([this, job] { tell(*job, State::skipped); });
            return {};
        }
        const auto done = work(job);
        if (done) {
            behind_.add([this, job] { tell(*job, job->error ? State::failed : State::done); });
            return {};
        }
        behind_.wait();
        const bool ends = !job->error && endsBatch(done.error());
        if (!job->error) {
            job->error = done.error();
        }
        if (!ends || anyWritten(*job)) {
            tell(*job, ends ? State::stopped : State::failed);
        }
        return ends ? done : Result<void>();
    }

    // Everything but the outcome; the last results may still be on their way to the disk.
    Result<void> work(const std::shared_ptr<Picture>& job) try {
        Opened opened = open(job->index);
        if (!opened.hash.empty()) {
            job->hash = std::move(opened.hash);
        }
        if (opened.error) {
            return *opened.error;
        }
        job->image = std::move(opened.image);
        if (request_.kind == output::Kind::cutout) {
            job->alpha = std::move(opened.alpha);
        }
        job->warnings = std::move(opened.warnings);
        std::shared_ptr<output::IndexPicture> index;
        if (request_.kind == output::Kind::index) {
            index = std::make_shared<output::IndexPicture>(job->image->width, job->image->height,
                                                           request_.appearance.threshold);
        }
        std::size_t given = 0;
        const Give give = [&](Answer answer) { return take(job, given++, std::move(answer), index.get()); };
        MASKWRIGHT_TRY(segmenter_.segment(job->index, job->image, request_, give, stop_));
        if (given < request_.labels.size()) {
            return Error{ErrorKind::resource, "the engine gave no mask", ""};
        }
        if (index) {
            behind_.add([this, job, index] { writeIndex(*job, *index); });
        }
        return {};
    } catch (const std::bad_alloc&) {
        return Error{ErrorKind::resource, message("not enough memory for %1", plan_.inputs[job->index]),
                     "close other programs or reduce the picture"};
    } catch (const std::exception& error) {
        return Error{ErrorKind::resource, message("stopped by an unexpected failure: %1", error.what()), ""};
    }

    // The picture in hand, and the next one is begun.
    Opened open(std::size_t index) {
        const auto read = [this](std::size_t i) {
            return std::async(std::launch::async, openPicture, plan_.inputs[i], request_.read, journal_.has_value());
        };
        std::future<Opened> own = ahead_.valid() && aheadIndex_ == index ? std::move(ahead_) : read(index);
        Opened opened = own.get();
        const std::size_t next = index + 1;
        large_ = opened.image && opened.image->pixels.size() / 3 > kLargePixels;
        if (!large_ && next < plan_.inputs.size() && !beforeOf(next).allStay() && !stop_.stop_requested()) {
            ahead_ = read(next);
            aheadIndex_ = next;
        }
        return opened;
    }

    Result<void> take(const std::shared_ptr<Picture>& job, std::size_t number, Answer answer,
                      output::IndexPicture* index) {
        behind_.wait();
        if (job->error) {
            return *job->error;
        }
        if (number >= job->entries.size() || !answer.map || answer.map->width != job->image->width ||
            answer.map->height != job->image->height) {
            return Error{ErrorKind::resource, "the engine gave no mask", ""};
        }
        Entry& entry = job->entries[number];
        entry.presence = answer.presence;
        entry.truncated = answer.truncated;
        entry.words = answer.words;
        entry.timing = answer.timing;
        if (index != nullptr) {
            index->add(*answer.map);
            return {};
        }
        behind_.add([this, job, number, map = std::move(answer.map)] { writeOne(*job, number, *map); });
        if (large_) {
            behind_.wait();
        }
        return {};
    }

    // On the lane from here on.

    void writeOne(Picture& job, std::size_t number, const Heatmap& map) {
        Entry& entry = job.entries[number];
        measure(entry, threshold(map, static_cast<float>(request_.appearance.threshold)), request_.keepRuns);
        output::Request one = common(job);
        one.map = &map;
        one.number = number;
        one.labels = {request_.labels[number]};
        write(job, number, one, {&entry, 1});
    }

    void writeIndex(Picture& job, const output::IndexPicture& index) {
        for (Entry& entry : job.entries) {
            measure(entry, index.maskOf(entry.phrase), request_.keepRuns);
        }
        output::Request all = common(job);
        all.winners = &index.winners();
        all.labels = request_.labels;
        write(job, 0, all, job.entries);
    }

    [[nodiscard]] output::Request common(const Picture& job) const {
        output::Request request;
        request.kind = request_.kind;
        request.picture = job.image.get();
        if (!job.alpha.empty()) {
            request.transparency = {&job.alpha, request_.read.background};
        }
        request.appearance = request_.appearance;
        request.model = model_.name;
        return request;
    }

    // The picture's `column`-th file, which holds the results of `entries`.
    void write(Picture& job, std::size_t column, const output::Request& request, std::span<Entry> entries) const {
        if (plan_.outputs.empty() || job.error) {
            return;
        }
        const std::string& path = plan_.outputs[job.index][column];
        if (plan_.existing != Existing::replace && exists(path)) {
            if (plan_.existing != Existing::skip) {  // it came while the others were worked on
                job.error = Error{ErrorKind::output, message("%1 is there already", path), "choose another name"};
                return;
            }
            const Standing before = job.standing[column];
            if (before != Standing::changed && before != Standing::unexplained) {
                leaveAlone(entries, path, before);
                return;
            }
            if (before == Standing::unexplained) {
                for (Entry& entry : entries) {
                    entry.note = message("%1 was replaced: the journal does not say what it was made of", path);
                }
            }
        }
        if (const auto written = output::write(path, request); !written) {
            job.error = written.error();
            return;
        }
        for (Entry& entry : entries) {
            entry.output = path;
        }
    }

    void tell(Picture& job, State state) {
        Outcome outcome{job.index, state, std::move(job.entries), {}, job.error, job.warnings};
        if (state == State::failed || state == State::stopped) {
            const auto written = [](const Entry& entry) { return !entry.output.empty(); };
            std::copy_if(outcome.entries.begin(), outcome.entries.end(), std::back_inserter(outcome.unwritten),
                         [&](const Entry& entry) { return !written(entry) && entry.pixels > 0; });
            std::erase_if(outcome.entries, std::not_fn(written));
        }
        if (journal_ && !journalError_) {
            const JournalLine line = lineOf(job, outcome);
            const auto added = journal_->add(plan_.part ? shardLineText(plan_, line, outcome) : journalText(line));
            if (!added) {
                journalError_ = added.error();
            }
        }
        hear_(outcome);
    }

    [[nodiscard]] JournalLine lineOf(const Picture& job, const Outcome& outcome) const {
        JournalLine line{
            plan_.names.empty() ? fs::path(plan_.inputs[job.index]).filename().string() : plan_.names[job.index],
            job.hash,
            requestHash_,
            nameOf(outcome.state),
            {},
            0};
        for (std::size_t column = 0; !plan_.outputs.empty() && column < plan_.outputs[job.index].size(); ++column) {
            const std::string& path = plan_.outputs[job.index][column];
            const bool written = std::any_of(outcome.entries.begin(), outcome.entries.end(),
                                             [&](const Entry& entry) { return entry.output == path; });
            const bool adopted = earlier_ && !earlier_->hasJournal() && column < job.standing.size() &&
                                 job.standing[column] == Standing::done;
            if (written || adopted) {
                line.outputs.push_back(nameBesideJournal(path, plan_.journal));
                const auto hash = written ? sha256File(path) : Result<std::string>(std::string());
                line.outputHashes.push_back(hash ? *hash : "");
            }
        }
        if (outcome.error) {
            line.code = static_cast<int>(outcome.error->kind);
        }
        return line;
    }

    // Anywhere.

    static bool anyWritten(const Picture& job) {
        return std::any_of(job.entries.begin(), job.entries.end(), [](const Entry& e) { return !e.output.empty(); });
    }

    // Those that the picture's `column`-th file holds.
    [[nodiscard]] std::span<Entry> entriesOf(Picture& job, std::size_t column) const {
        return request_.kind == output::Kind::index ? std::span(job.entries)
                                                    : std::span(job.entries).subspan(column, 1);
    }

    // On the caller's thread.
    Before& beforeOf(std::size_t index) {
        const auto [at, fresh] = before_.try_emplace(index);
        Before& before = at->second;
        if (!fresh || !earlier_) {
            return before;
        }
        const auto& files = plan_.outputs[index];
        // Only where something is there is it worth reading the picture: the hash decides whose it is.
        if (!plan_.journal.empty() && std::any_of(files.begin(), files.end(), exists)) {
            if (auto hash = sha256File(plan_.inputs[index])) {
                before.hash = std::move(*hash);
            }
        }
        for (const std::string& file : files) {
            before.standing.push_back(earlier_->standing(file, before.hash, requestHash_));
        }
        return before;
    }

    const Plan& plan_;
    const Request& request_;
    Segmenter& segmenter_;
    const Hear& hear_;
    const std::stop_token& stop_;
    Model model_;
    std::optional<ShardJournal> shard_;  // its locks
    std::optional<Journal> journal_;
    std::string requestHash_;
    std::optional<Earlier> earlier_;        // where results that are there may stay
    std::map<std::size_t, Before> before_;  // of the pictures that come next
    std::optional<Error> journalError_;     // the lane's, until all is done
    std::future<Opened> ahead_;
    std::size_t aheadIndex_ = 0;
    bool large_ = false;  // the picture in hand
    Lane behind_;         // last: its thread ends before what it uses
};

}  // namespace

Result<void> run(const Plan& plan, const Request& request, Segmenter& segmenter, const Hear& hear,
                 const std::stop_token& stop) {
    return Run(plan, request, segmenter, hear, stop).all();
}

}  // namespace maskwright::batch
