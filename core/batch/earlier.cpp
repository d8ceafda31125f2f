#include "core/batch/earlier.h"

#include <algorithm>
#include <filesystem>

#include "core/base/sha256.h"
#include "core/batch/shard_journal.h"
#include "core/output/write.h"

namespace maskwright::batch {

namespace fs = std::filesystem;

bool isThere(const std::string& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

std::string nameBesideJournal(const std::string& output, const std::string& journal) {
    const fs::path file(output), folder = fs::path(journal).parent_path();
    return (file.parent_path() == folder || folder.empty() ? file.filename() : file.lexically_relative(folder))
        .string();
}

Result<Earlier> Earlier::read(const std::string& journal) {
    Earlier earlier;
    earlier.journal_ = journal;
    if (journal.empty()) {
        return earlier;
    }
    if (isThere(journal)) {
        MASKWRIGHT_TRY(earlier.add(journal));
    }
    const auto shards = shardJournals(journal);
    if (!shards) {
        return shards.error();
    }
    for (const std::string& shard : *shards) {
        MASKWRIGHT_TRY(earlier.add(shard));
    }
    return earlier;
}

Result<void> Earlier::add(const std::string& journal) {
    auto contents = readJournal(journal);
    if (!contents) {
        Error error = contents.error();
        error.advice = "without it nobody knows what the results were made of: mend it or move it away";
        return error;
    }
    // A journal of which no line can be read tells as much as none: names alone count, and nothing is replaced.
    hasJournal_ = hasJournal_ || !contents->lines.empty();
    std::map<std::string, Made> last;
    for (const JournalLine& line : contents->lines) {
        for (std::size_t i = 0; i < line.outputs.size(); ++i) {
            const bool told = i < line.outputHashes.size();
            last[line.outputs[i]] = {line.inputHash, line.request, told ? line.outputHashes[i] : ""};
        }
    }
    for (auto& [name, made] : last) {
        auto& all = made_[name];
        if (std::find(all.begin(), all.end(), made) == all.end()) {
            all.push_back(std::move(made));
        }
    }
    return {};
}

const Earlier::Made* Earlier::find(const std::string& output) const {
    const auto found = made_.find(nameBesideJournal(output, journal_));
    if (found == made_.end()) {
        return nullptr;
    }
    const auto& all = found->second;
    if (all.size() == 1) {
        return &all.front();
    }
    const auto hash = sha256File(output);
    const auto own = std::find_if(all.begin(), all.end(), [&](const Made& made) { return hash && made.hash == *hash; });
    return own == all.end() ? &all.back() : &*own;
}

bool Earlier::names(const std::string& output) const { return made_.contains(nameBesideJournal(output, journal_)); }

Standing Earlier::standing(const std::string& output, const std::string& inputHash, const std::string& request) const {
    if (!isThere(output)) {
        return Standing::missing;
    }
    if (!hasJournal_) {
        return Standing::done;
    }
    const Made* made = find(output);
    if (made != nullptr && !inputHash.empty() && made->inputHash == inputHash && made->request == request) {
        return Standing::done;
    }
    const auto asItIs = [&] {
        const auto hash = sha256File(output);
        return hash && *hash == made->hash;
    };
    if (!output::isOurs(output) || (made != nullptr && !made->hash.empty() && !asItIs())) {
        return Standing::foreign;
    }
    return made != nullptr ? Standing::changed : Standing::unexplained;
}

}  // namespace maskwright::batch
