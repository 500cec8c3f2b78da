import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;

/** veraPDF's verdict on files: a line a file and profile (file, profile, compliant, checks done), below it what failed. */
public class Verdict {
    private static final String[] PROFILES = {"PDFA-3A", "PDFUA-1"};

    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String name : PROFILES) {
            ValidationProfile profile;
            try (InputStream rules = Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
                profile = Profiles.profileFromXml(rules);
            }
            for (String file : files) tell(file, name, profile);
        }
    }

    private static void tell(String file, String name, ValidationProfile profile) throws Exception {
        try (InputStream pdf = Files.newInputStream(Path.of(file));
                PDFAParser parser = Foundries.defaultInstance().createParser(pdf, profile.getPDFAFlavour());
                PDFAValidator validator = ValidatorFactory.createValidator(profile, false, 20)) {
            ValidationResult result = validator.validate(parser);
            System.out.printf("%s\t%s\t%s\t%d%n", file, name, result.isCompliant(), result.getTotalAssertions());
            Set<String> failed = new TreeSet<>();
            for (TestAssertion each : result.getTestAssertions())
                if (each.getStatus() == TestAssertion.Status.FAILED)
                    failed.add(each.getRuleId().getClause() + " " + each.getMessage());
            for (String each : failed) System.out.println("\t" + each.replaceAll("\\s+", " "));
        }
    }
}
