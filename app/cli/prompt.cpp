// prompt: the engineered picture of a marked object, as the encoder gets it.
#include "app/cli/common.h"
#include "app/cli/npy.h"
#include "core/batch/plan.h"
#include "core/image/resize.h"
#include "core/output/write.h"
#include "core/visual_prompt/engineer.h"

namespace maskwright::cli {

namespace {

// Normalised values as a picture to look at; what lies outside 0..255 is cut.
Image asPicture(const Planar& normalised) {
    Image image(normalised.width, normalised.height);
    const std::size_t count = image.pixels.size() / 3;
    for (std::size_t c = 0; c < 3; ++c) {
        for (std::size_t i = 0; i < count; ++i) {
            const float value = (normalised.values[c * count + i] * kImageNetStd[c] + kImageNetMean[c]) * 255;
            image.pixels[i * 3 + c] = static_cast<std::uint8_t>(std::clamp(value + 0.5f, 0.0f, 255.0f));
        }
    }
    return image;
}

}  // namespace

int runPrompt(const PromptArguments& arguments) {
    if (arguments.output.empty() && arguments.saveTensor.empty()) {
        return report({ErrorKind::usage, "there is no output", "give -o or --save-tensor"});
    }
    const auto style = visual_prompt::parseStyle(arguments.style);
    if (!style) {
        return report(style.error());
    }
    std::string pictureFile, tensorFile;
    if (!arguments.output.empty()) {
        auto file = batch::planFile(arguments.output, arguments.image, {arguments.region});
        if (!file) {
            return report(file.error());
        }
        pictureFile = std::move(*file);
    }
    if (!arguments.saveTensor.empty()) {
        auto file = batch::planFile(arguments.saveTensor, arguments.image, {arguments.region}, ".npy");
        if (!file) {
            return report(file.error());
        }
        tensorFile = std::move(*file);
    }
    const image_io::ReadOptions options = readOptions(arguments.maxMegapixels);
    const auto picture = image_io::read(arguments.image, options);
    if (!picture) {
        return report(picture.error());
    }
    warnAll(picture->warnings);
    const auto mask = readRegion(
        {arguments.region, arguments.image, arguments.regionLabel, arguments.asReference, picture->orientation},
        picture->image, options);
    if (!mask) {
        return report(mask.error());
    }
    Planar tensor;
    Image image;
    if (arguments.asReference) {
        auto engineered =
            visual_prompt::engineerAsReference(normalize(picture->image, kImageNetMean, kImageNetStd), *mask, *style);
        if (!engineered) {
            return report(engineered.error());
        }
        tensor = std::move(*engineered);
        image = asPicture(tensor);
    } else {
        auto engineered = visual_prompt::engineer(picture->image, *mask, *style);
        if (!engineered) {
            return report(engineered.error());
        }
        image = std::move(*engineered);
        tensor = normalize(image, kImageNetMean, kImageNetStd);
    }
    if (!pictureFile.empty()) {
        image_io::Texts texts = output::programTexts();
        texts["style"] = visual_prompt::styleText(*style);
        if (const auto written = image_io::writeImage(pictureFile, image, texts); !written) {
            return report(written.error());
        }
    }
    if (!tensorFile.empty()) {
        const std::int64_t shape[] = {3, tensor.height, tensor.width};
        if (const auto written = writeNpy(tensorFile, shape, tensor.values); !written) {
            return report(written.error());
        }
    }
    return 0;
}

}  // namespace maskwright::cli
