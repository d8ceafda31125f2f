// A model folder: which of its files are there, and whether its tensors are the ones its configuration promises.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/weights/safetensors.h"

namespace maskwright::weights {

enum class Vocabulary {
    bpeFiles,       // vocab.json and merges.txt
    tokenizerJson,  // tokenizer.json alone
    sentencePiece,  // tokenizer.model
};

// Paths of the files, each known to exist. The Hugging Face layout; files it does not name here are nobody's business.
struct ModelFiles {
    std::filesystem::path folder;
    std::string config;        // config.json
    std::string weights;       // model.safetensors, or model.safetensors.index.json (SafetensorsFile opens either)
    std::string trunk;         // trunk.safetensors, or empty: a frozen vision tower may lie in a file of its own
    std::string preprocessor;  // preprocessor_config.json, or empty: it may be missing
    std::string processor;     // processor_config.json, or empty; transformers 5 writes it in place of the other
    Vocabulary vocabulary =
        Vocabulary::bpeFiles;  // bpeFiles before tokenizerJson before sentencePiece where several are there
};

// Looks the files up without opening them. Errors (ErrorKind::weights) name the file that is missing and what to put
// there.
Result<ModelFiles> locateModel(const std::filesystem::path& folder);

// Their tensors as if they were in one file.
Result<SafetensorsFile> openWeights(const ModelFiles& files);

// Copies what a folder has of a tokenizer's files (Hugging Face's names, and tokenizer.model) to to(name). Errors:
// ErrorKind::weights, or those of writing.
Result<void> copyTokenizer(const std::filesystem::path& folder, const std::function<std::string(std::string_view)>& to);

using ExpectedTensors = std::map<std::string, std::vector<std::int64_t>, std::less<>>;

// True for "position_ids" and "*.position_ids": constant buffers that transformers stored before 4.31.
bool isPositionIds(std::string_view name);

// Compares the header of `file` with `expected`; nothing is read or allocated. One error (ErrorKind::weights) names
// missing tensors, those of another shape (both shapes), those whose elements are not floating-point, and those nobody
// expects; the first few of each with the count of the rest. `ignorable` says which unexpected ones may be there all
// the same.
Result<void> checkTensors(const SafetensorsFile& file, const ExpectedTensors& expected,
                          const std::function<bool(std::string_view)>& ignorable = isPositionIds);

// The same for tensors that are not in a safetensors file; `name` opens the message.
Result<void> checkTensors(std::string_view name, const std::map<std::string, TensorInfo, std::less<>>& found,
                          const ExpectedTensors& expected, const std::function<bool(std::string_view)>& ignorable);

}  // namespace maskwright::weights
