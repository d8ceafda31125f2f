#include "core/weights/clip_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/core/weights/clip_folder.h"

namespace maskwright::weights {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace tiny_clip;

class ClipSourceTest : public testing::Test {
  protected:
    std::string problem(const std::function<void(ClipFolder&)>& change = {}) {
        clip_.write("clip", "", change);
        const auto source = ClipSource::open(scratch_.path("clip"));
        if (source) {
            return "";
        }
        EXPECT_EQ(source.error().kind, ErrorKind::weights);
        return source.error().what.text();
    }
    Scratch scratch_;
    ClipFolder clip_{scratch_};
};

TEST_F(ClipSourceTest, TakesItsSizesFromTheTensors) {
    // Nothing but what the tensors cannot say.
    clip_.config = {{"model_type", "clip"},
                    {"text_config", {{"num_attention_heads", 2}}},
                    {"vision_config", {{"num_attention_heads", 4}}}};
    clip_.write("clip");
    const auto source = ClipSource::open(scratch_.path("clip"));
    ASSERT_TRUE(source) << source.error().line();
    EXPECT_EQ(source->projection, kProjection);
    EXPECT_EQ(source->visionWidth, kVision);
    EXPECT_EQ(source->visionLayers, 10);
    EXPECT_EQ(source->patch, kPatch);
    EXPECT_EQ(source->folder.prefix, "");
    EXPECT_EQ(source->names.size(), clip_.tensors.size());
    EXPECT_THAT(source->names.at("visual_projection.weight"), ElementsAre(kProjection, kVision));
    EXPECT_EQ(source->visionConfig["image_size"], 32);
    EXPECT_EQ(source->textConfig["eos_token_id"], 49407);
    EXPECT_EQ(source->textConfig["hidden_act"], "quick_gelu");
}

TEST_F(ClipSourceTest, NamesTheTensorThatIsWrong) {
    EXPECT_EQ(problem(), "");
    EXPECT_THAT(problem([](auto& clip) { clip.tensors.erase("visual_projection.weight"); }),
                HasSubstr("tensor \"visual_projection.weight\" is missing"));
    EXPECT_THAT(problem([](auto& clip) {
                    clip.add("vision_model.embeddings.class_embedding", {1, kVision});
                }),
                HasSubstr("tensor \"vision_model.embeddings.class_embedding\" has the shape [1, 16]"));
    EXPECT_THAT(problem([](auto& clip) {
                    clip.add("vision_model.embeddings.position_embedding.weight", {16, kVision});
                }),
                HasSubstr("has 16 places, which is no square and one"));
    EXPECT_THAT(problem([](auto& clip) {
                    clip.add("vision_model.embeddings.position_embedding.weight", {1, kVision});
                }),
                HasSubstr("has 1 places, which is no square and one"));
    EXPECT_THAT(problem([](auto& clip) { clip.add("text_model.final_layer_norm.bias", {9}); }),
                HasSubstr("\"text_model.final_layer_norm.bias\" is [9], expected [8]"));
    EXPECT_THAT(problem([](auto& clip) { clip.add("text_model.extra", {2}); }),
                HasSubstr("not expected: \"text_model.extra\" [2]"));
    EXPECT_THAT(problem([](auto& clip) { clip.tensors.erase("vision_model.encoder.layers.3.layer_norm1.weight"); }),
                HasSubstr("not expected: \"vision_model.encoder.layers.3.layer_norm1.bias\""));
}

}  // namespace
}  // namespace maskwright::weights
