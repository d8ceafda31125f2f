#include "core/batch/merge.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/batch/earlier.h"
#include "core/output/write.h"

namespace maskwright::batch {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kCopied = 1u << 20;  // bytes at a time

Error input(Message what, Message advice) { return {ErrorKind::input, std::move(what), std::move(advice)}; }

std::string identity(const std::string& path) {
    std::error_code failed;
    const fs::path whole = fs::weakly_canonical(path, failed);
    return failed ? fs::absolute(path, failed).lexically_normal().string() : whole.string();
}

// A result in a folder, named as a run with `-o FOLDER` names it.
std::string inFolder(const std::string& folder, const std::string& name) {
    return folder == "." ? name : (fs::path(folder) / name).string();
}

bool leadsOut(const std::string& name) {
    const fs::path path(name);
    return name.empty() || path.is_absolute() || std::find(path.begin(), path.end(), "..") != path.end();
}

// What is equal for lines about the same picture, asked the same, with the same names for the results.
std::string keyOf(const ShardLine& line) {
    std::string key = line.line.input + '\0' + line.line.inputHash + '\0' + line.line.request;
    for (const std::string& file : line.files) {
        key += '\0' + file;
    }
    return key;
}

std::string hashOf(const JournalLine& line, const std::string& output) {
    const auto found = std::find(line.outputs.begin(), line.outputs.end(), output);
    const auto at = static_cast<std::size_t>(found - line.outputs.begin());
    return found != line.outputs.end() && at < line.outputHashes.size() ? line.outputHashes[at] : "";
}

// The last of `told` that made a file.
const ShardLine* makerOf(const std::string& file, const std::vector<const ShardLine*>& told) {
    const auto found = std::find_if(told.rbegin(), told.rend(),
                                    [&](const ShardLine* line) { return !hashOf(line->line, file).empty(); });
    return found == told.rend() ? nullptr : *found;
}

// What `last` says, where it left a file alone that an earlier try had made, with that try's figures.
ShardLine inOneTry(const ShardLine& last, const std::vector<const ShardLine*>& told) {
    ShardLine whole = last;
    if (last.line.outcome == "failed") {
        return whole;
    }
    whole.line.outputs.clear();
    whole.line.outputHashes.clear();
    bool made = true;
    for (const std::string& file : last.files) {
        const auto& own = last.line.outputs;
        const bool isOwn = std::find(own.begin(), own.end(), file) != own.end();
        const ShardLine* maker = isOwn ? &last : makerOf(file, told);
        if (maker == nullptr) {
            made = false;
            continue;
        }
        whole.line.outputs.push_back(file);
        whole.line.outputHashes.push_back(hashOf(maker->line, file));
        made = made && !whole.line.outputHashes.back().empty();
        if (isOwn) {
            continue;
        }
        for (Entry& entry : whole.entries) {
            const auto same = std::find_if(maker->entries.begin(), maker->entries.end(),
                                           [&](const Entry& other) { return other.phrase == entry.phrase; });
            if (last.fileOf(entry) == file && same != maker->entries.end()) {
                Message note = std::move(entry.note);
                entry = *same;
                entry.note = std::move(note);
            }
        }
        if (last.line.outcome == "skipped") {
            whole.warnings = maker->warnings;  // it was not opened again
        }
    }
    whole.line.outcome = made ? "done" : last.line.outcome;
    return whole;
}

// The first thing that two requests (requestText()) differ in: its name and both values.
std::array<std::string, 3> difference(const std::string& a, const std::string& b) {
    const Json one = Json::parse(a, nullptr, false), other = Json::parse(b, nullptr, false);
    if (one.is_object() && other.is_object()) {
        for (const auto& [key, value] : one.items()) {
            const Json there = other.value(key, Json());
            if (there != value) {
                return {key, quoted(value.dump(), 60), quoted(there.dump(), 60)};
            }
        }
    }
    return {"version", "", ""};
}

std::string listed(const std::vector<Shard>& shards) {
    constexpr std::size_t kNamed = 12;  // what a person reads
    std::string text;
    for (std::size_t i = 0; i < std::min(kNamed, shards.size()); ++i) {
        text += (i == 0 ? "" : ", ") + shards[i].text();
    }
    return shards.size() > kNamed ? text + ", ..." : text;
}

Result<void> copy(const std::string& from, const std::string& to) {
    auto reader = FileReader::open(from, ErrorKind::output);
    if (!reader) {
        return reader.error();
    }
    auto writer = AtomicFile::create(to);
    if (!writer) {
        return writer.error();
    }
    std::vector<std::byte> part(kCopied);
    for (std::uint64_t at = 0; at < reader->size(); at += kCopied) {
        const auto some = std::span(part).first(std::min<std::uint64_t>(kCopied, reader->size() - at));
        MASKWRIGHT_TRY(reader->read(at, some));
        MASKWRIGHT_TRY(writer->write(some));
    }
    return writer->commit();
}

bool areEqual(const std::string& a, const std::string& b) {
    const auto one = sha256File(a), other = sha256File(b);
    return one && other && *one == *other;
}

Result<void> makeFolder(const fs::path& folder) {
    std::error_code failed;
    if (!folder.empty()) {
        fs::create_directories(folder, failed);
    }
    if (failed) {
        return Error{ErrorKind::output,
                     message("the folder %1 cannot be made: %2", quoted(folder.string()), systemReason(failed.value())),
                     "choose another"};
    }
    return {};
}

}  // namespace

Result<Merge> Merge::read(const std::vector<std::string>& folders, const std::string& out) {
    Merge merge;
    merge.out_ = out;
    std::set<std::string> seen;
    for (const std::string& folder : folders) {
        if (seen.insert(identity(folder)).second) {
            MASKWRIGHT_TRY(merge.addSource(folder, identity(folder) == identity(out)));
        }
    }
    MASKWRIGHT_TRY(merge.chooseCount());
    MASKWRIGHT_TRY(merge.checkShards());
    MASKWRIGHT_TRY(merge.addPictures());
    for (Source& source : merge.sources_) {
        source.shards.clear();
        source.told.clear();
    }
    return merge;
}

Result<void> Merge::addSource(const std::string& folder, bool isOut) {
    Source source;
    source.folder = folder;
    source.journal = (fs::path(folder) / kJournalName).string();
    source.isOut = isOut;
    auto files = shardJournals(source.journal);
    if (!files) {
        return files.error();
    }
    source.files = std::move(*files);
    if (!source.files.empty() && !(source.lock = lockShards(source.journal))) {
        const auto busy = busyJournals(source.files);
        return Error{ErrorKind::output,
                     message("a shard in %1 is at work still: %2", quoted(folder),
                             busy.empty() ? "" : fs::path(busy.front()).stem().string()),
                     "merge when all have ended"};
    }
    for (const std::string& file : source.files) {
        auto contents = readShardJournal(file);
        if (!contents) {
            return contents.error();
        }
        if (*contents) {
            source.shards.push_back(std::move(**contents));
        }
    }
    if (source.shards.empty()) {
        return input(message("there are no shards to merge in %1", quoted(folder)),
                     "give the folders that segment --shard wrote to");
    }
    sources_.push_back(std::move(source));
    return {};
}

// Of how many shards the run is that is meant: where an earlier try had another number, the one of which all are there.
Result<void> Merge::chooseCount() {
    std::map<std::size_t, std::set<std::size_t>> there;
    for (const Source& source : sources_) {
        for (const ShardContents& shard : source.shards) {
            there[shard.head.part.shard.count].insert(shard.head.part.shard.index);
        }
    }
    std::vector<std::size_t> whole;
    for (const auto& [count, indices] : there) {
        if (indices.size() == count) {
            whole.push_back(count);
        }
    }
    if (there.size() > 1 && whole.size() != 1) {
        return input(message("there are shards of %1 and of %2", there.begin()->first, there.rbegin()->first),
                     message("remove the journals in %1 that are not meant", quoted(kShardFolder)));
    }
    count_ = there.size() == 1 ? there.begin()->first : whole.front();
    return {};
}

Result<void> Merge::checkShards() {
    std::map<std::size_t, std::pair<const Source*, const ShardHead*>> heads;
    for (const Source& source : sources_) {
        for (const ShardContents& contents : source.shards) {
            const Shard& shard = contents.head.part.shard;
            if (shard.count != count_) {
                continue;
            }
            const auto [other, fresh] = heads.emplace(shard.index, std::pair(&source, &contents.head));
            if (!fresh) {
                return input(message("shard %1 is in %2 and in %3", shard.text(), quoted(other->second.first->folder),
                                     quoted(source.folder)),
                             "leave one of the two out");
            }
        }
    }
    std::vector<Shard> missing;
    for (std::size_t index = 1; index <= count_; ++index) {
        if (!heads.contains(index)) {
            missing.push_back({index, count_});
        }
    }
    if (!missing.empty()) {
        return input(message("shards are missing: %1", listed(missing)), "run them, then merge again");
    }
    const ShardHead& first = *heads.begin()->second.second;
    for (const auto& [index, at] : heads) {
        const ShardHead& head = *at.second;
        if (head.request != first.request) {
            const auto [key, one, other] = difference(first.asked, head.asked);
            return input(message("shards %1 and %2 were not asked the same: %3 is %4 and %5", first.part.shard.text(),
                                 head.part.shard.text(), quoted(key), one, other),
                         "run one of them again as the other");
        }
        if (head.part.plan != first.part.plan || head.part.pictures != first.part.pictures) {
            return input(
                message("shards %1 and %2 found different pictures, or gave results other names: %3 and %4 "
                        "pictures",
                        first.part.shard.text(), head.part.shard.text(), first.part.pictures, head.part.pictures),
                "run all again on the same pictures with --skip-existing");
        }
    }
    found_ = first.part;
    const Json asked = Json::parse(first.asked, nullptr, false);
    if (const auto kind = output::kindNamed(asked.value("kind", ""))) {
        request_.kind = *kind;
    }
    request_.labels = asked.value("labels", std::vector<std::string>());
    request_.appearance.threshold = asked.value("appearance", Json::object()).value("threshold", 0.0);
    return {};
}

Result<void> Merge::addPictures() {
    const std::size_t pictures = found_.pictures;
    std::map<std::size_t, std::pair<const Source*, const ShardLine*>> last;  // by the picture's number
    for (Source& source : sources_) {
        for (const ShardContents& contents : source.shards) {
            for (const ShardLine& line : contents.lines) {
                source.told[keyOf(line)].push_back(&line);
                const Shard& shard = contents.head.part.shard;
                if (shard.count == count_ && line.current && line.number < pictures &&
                    line.number % count_ == shard.index - 1 && line.line.outcome != "stopped") {
                    last[line.number] = {&source, &line};
                }
            }
        }
    }
    std::vector<std::size_t> there(count_);
    for (const auto& [number, at] : last) {
        ++there[number % count_];
    }
    for (std::size_t index = 1; index <= count_; ++index) {
        const std::size_t all = countOf({index, count_}, pictures), missing = all - there[index - 1];
        if (missing > 0) {
            return input(message("shard %1 is not finished: of its %2 pictures %3 are missing",
                                 Shard{index, count_}.text(), all, missing),
                         "run it again with --skip-existing");
        }
    }
    plan_.journal = inFolder(out_, std::string(kJournalName));
    for (const auto& [number, at] : last) {
        MASKWRIGHT_TRY(addPicture(*at.first, *at.second));
    }
    return {};
}

Result<void> Merge::addPicture(const Source& source, const ShardLine& last) {
    const auto told = source.told.find(keyOf(last));
    ShardLine line = inOneTry(last, told->second);
    const bool failed = line.line.outcome == "failed";
    auto& paths = plan_.outputs.emplace_back();
    for (const std::string& file : line.files) {
        if (leadsOut(file)) {
            return input(
                message("a shard's journal in %1 names a file outside: %2", quoted(source.folder), quoted(file)),
                "merge only what segment --shard has written");
        }
        const std::string from = (fs::path(source.folder) / file).string();
        paths.push_back(inFolder(out_, file));
        const auto& made = line.line.outputs;
        if (failed && std::find(made.begin(), made.end(), file) == made.end()) {
            continue;
        }
        if (!isThere(from)) {
            return input(message("%1 is missing, which shard %2 has made", quoted(from),
                                 Shard{line.number % count_ + 1, count_}.text()),
                         "run it again with --skip-existing");
        }
        if (source.isOut) {
            continue;
        }
        if (isThere(paths.back()) && !output::isOurs(paths.back()) && !areEqual(from, paths.back())) {
            return Error{ErrorKind::output, message("%1 is there already, from another program", quoted(paths.back())),
                         "choose another -o, or move it away"};
        }
        copies_.emplace_back(from, paths.back());
    }
    Outcome outcome;
    outcome.index = line.number;
    outcome.state = failed ? State::failed : line.line.outcome == "skipped" ? State::skipped : State::done;
    for (Entry& entry : line.entries) {
        if (entry.phrase >= request_.labels.size()) {
            return input(message("a shard's journal in %1 cannot be read", quoted(source.folder)),
                         "merge only what segment --shard has written");
        }
        entry.output = entry.output.empty() ? entry.output : inFolder(out_, entry.output);
    }
    outcome.entries = std::move(line.entries);
    outcome.error = std::move(line.error);
    if (failed && !outcome.error) {
        outcome.error = Error{static_cast<ErrorKind>(line.line.code), "stopped", ""};
    }
    outcome.warnings = std::move(line.warnings);
    plan_.inputs.push_back(std::move(line.path));
    plan_.names.push_back(line.line.input);
    outcomes_.push_back(std::move(outcome));
    lines_.push_back(std::move(line.line));
    return {};
}

Result<std::string> Merge::newLines() const {
    std::string text;
    for (const Source& source : sources_) {
        // What a shard left alone because of it must stay explained.
        if (!source.isOut && isThere(source.journal)) {
            auto earlier = readFile(source.journal, kLargestJournal, ErrorKind::output);
            if (!earlier) {
                return earlier.error();
            }
            text += *earlier + (earlier->empty() || earlier->ends_with('\n') ? "" : "\n");
        }
    }
    for (const JournalLine& line : lines_) {
        text += journalText(line);
    }
    return text;
}

Result<void> Merge::write(const std::stop_token& stop) const {
    MASKWRIGHT_TRY(makeFolder(out_));
    std::string lastFolder;
    for (const auto& [from, to] : copies_) {
        if (stop.stop_requested()) {
            return Error{ErrorKind::cancelled, "stopped", ""};
        }
        if (const std::string folder = fs::path(to).parent_path().string(); folder != lastFolder) {
            MASKWRIGHT_TRY(makeFolder(folder));
            lastFolder = folder;
        }
        if (!isThere(to) || !areEqual(from, to)) {
            MASKWRIGHT_TRY(copy(from, to));
        }
    }
    const auto added = newLines();
    if (!added) {
        return added.error();
    }
    std::string before;
    if (isThere(plan_.journal)) {
        auto text = readFile(plan_.journal, kLargestJournal, ErrorKind::output);
        if (!text) {
            return text.error();
        }
        before = std::move(*text);
    }
    if (before.ends_with(*added)) {
        return {};
    }
    auto journal = Journal::open(plan_.journal);
    return journal ? journal->add(*added) : journal.error();
}

void Merge::finish() {
    for (Source& source : sources_) {
        if (!source.isOut) {
            continue;
        }
        std::error_code ignored;
        for (const std::string& file : source.files) {
            fs::remove(file, ignored);
        }
        removeShardFolder(source.journal);
        source.lock.reset();
    }
}

}  // namespace maskwright::batch
