// What is told of repeated measurements: median and quartiles, and how two sides that took turns compare.
#pragma once

#include <vector>

namespace maskwright::cli::bench {

struct Spread {
    double low = 0, median = 0, high = 0;  // first quartile, median, third quartile
};

// Quartiles by linear interpolation between the sorted values (type 7 of Hyndman and Fan, numpy's default). All zero
// for no values.
Spread spread(std::vector<double> values);

struct Ratio {
    double medians = 0;  // theirs / ours, of the medians: above 1 where ours is the smaller
    Spread paired;       // of theirs / ours, turn by turn: a machine that slows down slows both of a turn
};

// Both have one value a turn, in order. Values of ours are above 0.
Ratio ratio(const std::vector<double>& ours, const std::vector<double>& theirs);

}  // namespace maskwright::cli::bench
