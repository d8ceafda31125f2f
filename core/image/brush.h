// Strokes of a round brush as runs: only what lies under the stroke is looked at, whatever the picture's size. Pure;
// any thread.
#pragma once

#include <span>

#include "core/image/runs.h"

namespace maskwright {

struct BrushPoint {
    double x = 0, y = 0;  // pixels; a pixel's centre lies at + 0.5
};

// A mask has no half pixels. The brush is sure within hardness * radius of the hand's way; from there to the radius its
// weight falls from 1 to 0, and how far it counts is up to what the model thinks: see strokeRuns().
struct Brush {
    double radius = 20;   // pixels, 0.5 or more
    double hardness = 1;  // 0..1
};

enum class BrushUse { paint, erase };

// The model's answer under a soft brush.
struct Evidence {
    const Heatmap* map = nullptr;  // of the picture's size; null: none
    double threshold = 0.5;
};

// The pixels that a stroke along `way` takes in, or out. With e the evidence (the probability, stretched so that the
// threshold lies at 1/2; 1/2 everywhere without a map) and w the brush's weight at a pixel, paint takes it in where
// w + e > 1 or w = 1, erase takes it out where w > e or w = 1. So a soft brush without a map ends where its weight is
// 1/2, and one with a map keeps to the object's edge in its rim. Points that are no numbers are passed over; one point
// makes a dot.
Runs strokeRuns(std::span<const BrushPoint> way, const Brush& brush, BrushUse use, int width, int height,
                const Evidence& evidence = {});

}  // namespace maskwright
