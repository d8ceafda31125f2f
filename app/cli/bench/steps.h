// The steps that are measured: the table's, of one precision each, and the series that show how time and memory grow.
#pragma once

#include "app/cli/bench/bout.h"
#include "app/cli/bench/material.h"
#include "app/cli/bench_arguments.h"

namespace maskwright::cli::bench {

// What all steps share.
struct Setting {
    const BenchArguments& arguments;
    const Scratch& scratch;
    const Image& picture;
    Results& results;
    std::vector<Opponent>& opponents;
    std::stop_token stop;
    int used = 0;  // phrases and pictures that were asked for already: each is new to every cache
};

// Encode, first and next phrase, ten phrases, an example, a folder, start and peak memory. `ours` is open, and so are
// the opponents, with the same precision. Errors: as Bout::take().
Result<void> measureSteps(Setting& setting, Ours& ours);
// A 12-megapixel picture's mask refined, a threshold moved on 24 megapixels: no network, no opponents.
Result<void> measureLargePictures(Setting& setting);
// 1 to 64 phrases, 224 to 1,408 pixels of the network's side, 1 to 100 megapixels, and 1 to `pictures` pictures with
// the memory that both hold then. Errors: as Bout::take().
Result<void> measureGrowth(Setting& setting, Ours& ours);

// The file names of `count` pictures that are new to every cache, written to `folder` as PNG.
Result<std::vector<std::string>> writePictures(Setting& setting, const std::string& folder, int count);

}  // namespace maskwright::cli::bench
