"""experiments/scenarios/connectors.toml comes out as its header says."""

import unittest

from scenario_run import ended, runs_of

run = runs_of("connectors")


class ConnectorsTest(unittest.TestCase):
    def through(self, variant=None):
        result = run(variant)
        return [ended(result, source, "delivered")
                for source in ("contoso", "fabrikam", "newsletter")]

    def drawn(self, variant=None):
        return run(variant)["organisations"]["contoso"]["passed-on"]

    def test_without_a_connector_an_hour_of_a_new_address_is_through(self):
        self.assertEqual(sum(self.through()), 500)
        self.assertEqual(self.drawn(), 0)

    def test_by_address_the_others_mail_spoils_it(self):
        contoso, fabrikam, newsletter = self.through("by-address")
        self.assertEqual(contoso, self.drawn("by-address"))
        self.assertLess(contoso, 300)
        self.assertEqual((fabrikam, newsletter), (250, 0))
        self.assertEqual(run("by-address")["replies"]["550 5.7.64"], 100)

    def test_an_address_of_its_own_is_spared_but_takes_the_detour(self):
        self.assertEqual(self.through("own-address"), [1000, 500, 0])
        self.assertEqual(self.drawn("own-address"), 1000)
        sources = run("own-address")["sources"]
        self.assertGreater(sources["contoso"]["delay_s"]["p50"], 4)

    def test_by_certificate_everybodys_mail_is_drawn_in(self):
        self.assertEqual(self.through("by-certificate"), [1000, 1000, 200])
        self.assertEqual(self.drawn("by-certificate"), 2200)

    def test_a_rule_against_foreign_domains_rejects_everybodys_mail(self):
        self.assertEqual(self.through("block-foreign"), [0, 0, 0])
        self.assertEqual(run("block-foreign")["organisations"]["contoso"]["failed"], 2200)

    def test_the_partner_type_changes_nothing(self):
        self.assertEqual(run("partner")["fingerprint"], run()["fingerprint"])


if __name__ == "__main__":
    unittest.main()
