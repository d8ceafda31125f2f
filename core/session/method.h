// What finds things in pictures: a picture is encoded once, and then asked by as many prompts as wanted. CLIPSeg is one
// method (clipseg_method.h). A program asks what a method is able to do, never which one it is. No torch in sight.
// Threads: a Method belongs to one thread (every thread that computes gets an OpenMP team of its own).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/session/prompt.h"

namespace maskwright::session {

class Kept;

// Network input sides that encode() takes, in pixels.
inline constexpr std::int64_t kMinSize = 16, kMaxSize = 4096;

// What a program may offer with a loaded model, where models differ.
struct Capabilities {
    // Blocks of the encoder inside which the tokens outside a marked object can be hidden
    // (visual_prompt::TokenMasking); 0: it has no tokens to hide.
    std::int64_t hidingBlocks = 0;
    // Network input sides, in pixels: the model's own, and those encode() takes: multiples of `cell` in between.
    std::int64_t inputSize = 0, cell = 0, smallest = 0, largest = 0;
    // Only the middle of a picture is searched, as the model's folder asks (do_center_crop); all of it with keepAspect.
    bool middleOnly = false;

    [[nodiscard]] bool hidesTokens() const { return hidingBlocks > 0; }
};

// A loaded model, told to a person.
struct ModelInfo {
    std::string name, folder, device, dtype, torchVersion;
    std::string products;          // what multiplies on the CPU: "oneDNN", or the BLAS
    std::string instructions;      // by which instructions oneDNN does, such as "avx512_core_bf16"; "none" without it
    std::string blas, blasKernel;  // "OpenBLAS" and "SkylakeX": what training multiplies by
    bool slowBlas = false;         // the BLAS is slow on this processor, whether it multiplies or not
    int threads = 0;
    std::string leftDevice;  // "cuda:0": its memory was full, and the model went on on the CPU
    std::int64_t parameters = 0;
    double defaultThreshold = 0.5;  // probability, 0..1
    Capabilities capabilities;
};

// Hears of what is not an error but a person should know.
using Tell = std::function<void(const Message&)>;

// Where and how a method computes.
struct Place {
    std::string device;            // auto, cpu, cuda:N
    std::string dtype;             // auto, float32, bfloat16 or float16 (on a GPU)
    std::shared_ptr<Kept> kept{};  // where the features of pictures are kept; null: nowhere
};

struct EncodeOptions {
    std::int64_t size = 0;  // network input side in pixels, a multiple of the model's cell; 0: the model's own
    // false: the model's own way, which is a square stretch, a square out of the middle (Capabilities::middleOnly), or,
    // where its config.json has keep_aspect, as true; true: the longer side is `size`, both sides multiples of the
    // cell.
    bool keepAspect = false;
    bool operator==(const EncodeOptions&) const = default;
};

// A picture's activations, known to their method alone; immutable, owned by whoever keeps the pointer.
class EncodedPicture {
  public:
    EncodedPicture() = default;
    EncodedPicture(const EncodedPicture&) = delete;
    EncodedPicture& operator=(const EncodedPicture&) = delete;
    virtual ~EncodedPicture() = default;
};

struct Encoded {
    std::shared_ptr<const EncodedPicture> picture;
    int inputWidth = 0, inputHeight = 0;  // what the network saw
    double milliseconds = 0;
};

struct Timing {
    double encode = 0, text = 0, decode = 0, refine = 0;  // milliseconds; 0 where a cache answered
};

// What a method makes of the words of a prompt. A method that has no list of words knows
// all.
struct Words {
    bool listed = false;  // the model has a list of the words it has learned
    bool known = true;    // false: the phrase has no word that it knows, so nothing was looked for and nothing found
    std::vector<std::string> unknown;            // words it has not learned
    bool unfinished = false;                     // the phrase's last word is the beginning of one that it knows
    std::vector<std::string> negativeUnknown{};  // of the negative phrase; the phrase is looked for all the same
    Message place{};  // what the phrase says of place, by which one of the things was chosen ("left"); empty: nothing

    bool operator==(const Words&) const = default;
};

// What was found, in the prompts' order.
struct Answer {
    // Probabilities at the resolution the method finds them in (toPictureSize() in image/refine.h brings them to the
    // picture's); what is not meant is taken away already.
    std::vector<Heatmap> maps;
    std::vector<float> presence;  // presence(map), see image/refine.h
    std::vector<bool> truncated;  // a text of the prompt did not fit the model's context and was cut
    std::vector<Words> words;
    // One a prompt, of its map's size: 1 where what a phrase says of place leaves the map, 0 where it took it away;
    // empty: it took nothing.
    std::vector<Heatmap> placed;
    Timing timing;  // text and decode
};

class Method {
  public:
    Method() = default;
    Method(const Method&) = delete;
    Method& operator=(const Method&) = delete;
    virtual ~Method() = default;

    [[nodiscard]] virtual const ModelInfo& info() const = 0;
    [[nodiscard]] const Capabilities& capabilities() const { return info().capabilities; }

    // What encode() says of a size, without a picture. Errors: usage, naming the nearest sizes that fit; weights where
    // it is the model's own.
    [[nodiscard]] virtual Result<void> checkSize(std::int64_t size) const = 0;
    // Errors: input (no pixels), checkSize()'s, resource (memory), cancelled.
    // A picture that looks to the network as one before it finds that one's features, where they are kept.
    virtual Result<Encoded> encode(const Image& image, const EncodeOptions& options = {},
                                   std::stop_token stop = {}) = 0;
    // Errors: usage (a prompt that says nothing, numbers out of range, a style the model cannot do, another model's
    // picture), input (a region that marks nothing), weights (numbers that are not finite), resource, cancelled.
    virtual Result<Answer> predict(const Encoded& encoded, std::span<const Prompt> prompts,
                                   std::stop_token stop = {}) = 0;
};

}  // namespace maskwright::session
